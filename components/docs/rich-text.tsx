/** A sentence whose `code` is set as code. */
export function RichText({ text }: { text: string }) {
  const parts = text.split("`");
  return parts.map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never change places
    index % 2 === 1 ? <code key={index}>{part}</code> : part,
  );
}
