import Link from "next/link";
import { type Block, type Inline, parseMarkdown } from "#lib/knowledge/markdown";
import styles from "./article.module.css";

/** An article's text. Nothing of it is ever taken for HTML. */
export function ArticleBody({ source, lang }: { source: string; lang: string }) {
  return (
    <div className={styles.article} lang={lang}>
      {parseMarkdown(source).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places
        <BlockView key={index} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading": {
      const Heading = block.level === 2 ? "h2" : "h3";
      return (
        <Heading>
          <Line inline={block.inline} />
        </Heading>
      );
    }
    case "paragraph":
      return (
        <p>
          <Line inline={block.inline} />
        </p>
      );
    case "quote":
      return (
        <blockquote>
          <Line inline={block.inline} />
        </blockquote>
      );
    case "code":
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled has to be reached by keyboard
        <pre tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
    case "list": {
      const List = block.isOrdered ? "ol" : "ul";
      return (
        <List>
          {block.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places
            <li key={index}>
              <Line inline={item} />
            </li>
          ))}
        </List>
      );
    }
  }
}

function Line({ inline }: { inline: readonly Inline[] }) {
  return inline.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places
    <Part key={index} part={part} />
  ));
}

function Part({ part }: { part: Inline }) {
  switch (part.kind) {
    case "text":
      return part.text;
    case "strong":
      return <strong>{part.text}</strong>;
    case "code":
      return <code>{part.text}</code>;
    case "link":
      return part.href.startsWith("/") ? (
        <Link href={part.href} prefetch={false}>
          {part.text}
        </Link>
      ) : (
        <a href={part.href} rel="noopener noreferrer nofollow" target="_blank">
          {part.text}
        </a>
      );
  }
}
