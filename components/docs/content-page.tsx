import { CopyCode } from "#components/site/copy-code";
import type { Locale } from "#lib/kernel/locale";
import { CodeTabs } from "./code-tabs.tsx";
import styles from "./docs.module.css";
import type { Block, DocsPage } from "./pages/content.ts";
import { RichText } from "./rich-text.tsx";
import { readSample } from "./sample-files.ts";
import { docsTexts } from "./texts.ts";

interface Props {
  readonly locale: Locale;
  /** Where the reader reaches this installation. */
  readonly origin: string;
}

/** A page that is written as data. */
export function ContentPage({ page, ...props }: Props & { page: DocsPage }) {
  return (
    <article className={styles.prose}>
      <h1>{page.title[props.locale]}</h1>
      <p className={styles.lead}>
        <RichText text={page.lead[props.locale]} />
      </p>
      {page.blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a page never change places
        <ContentBlock key={index} block={block} {...props} />
      ))}
    </article>
  );
}

function ContentBlock({ block, locale, origin }: Props & { block: Block }) {
  const { copy, copied } = docsTexts(locale);
  switch (block.kind) {
    case "text":
      return (
        <p>
          <RichText text={block.text[locale]} />
        </p>
      );
    case "heading":
      return <h2 id={block.id}>{block.text[locale]}</h2>;
    case "steps":
    case "list": {
      const List = block.kind === "steps" ? "ol" : "ul";
      return (
        <List className={styles.list}>
          {block.items.map((item) => (
            <li key={item.en}>
              <RichText text={item[locale]} />
            </li>
          ))}
        </List>
      );
    }
    case "code":
      return <CopyCode code={block.code(origin)} label={block.label[locale]} copy={copy} copied={copied} />;
    case "samples": {
      const tabs = block.files.map(({ name, file }) => ({ name, code: readSample(file) }));
      return <CodeTabs tabs={tabs} label={block.label[locale]} copy={copy} copied={copied} />;
    }
    case "table":
      return <ContentTable block={block} locale={locale} />;
  }
}

function ContentTable({ block, locale }: { block: Extract<Block, { kind: "table" }>; locale: Locale }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {block.head.map((cell) => (
            <th key={cell.en} scope="col">
              <RichText text={cell[locale]} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {block.rows.map((row) => (
          <tr key={row[0]?.en}>
            {row.map((cell) => (
              <td key={cell.en}>
                <RichText text={cell[locale]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
