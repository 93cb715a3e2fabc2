import Link from "next/link";

const link = /(\[[^\]]+\]\(\/[^)]+\))/;

/** A sentence whose `code` is set as code, and [text](/address) as a link within the site. */
export function RichText({ text }: { text: string }) {
  return text.split(link).map((part, index) => {
    const [, words, href] = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part) ?? [];
    return words && href ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never change places
      <Link key={index} href={href} prefetch={false}>
        <WithCode text={words} />
      </Link>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never change places
      <WithCode key={index} text={part} />
    );
  });
}

function WithCode({ text }: { text: string }) {
  return text.split("`").map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never change places
    index % 2 === 1 ? <code key={index}>{part}</code> : part,
  );
}
