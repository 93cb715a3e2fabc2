/** Enough for any notification of a channel, and never a page full of them. */
const mostFields = 100;

/**
 * The fields of a notification as the channel sent it, by their own names: a form or JSON, nested names with dots between
 * them.
 *
 * @returns nothing when it is neither
 */
export function fieldsOf(body: string): readonly (readonly [string, string])[] {
  const text = body.trim();
  if (text.startsWith("{")) {
    try {
      return [...leaves("", JSON.parse(text))].slice(0, mostFields);
    } catch {
      return [];
    }
  }
  if (!/^[^\s<>=&]+=[^\s<>]*$/.test(text)) return [];
  return [...new URLSearchParams(text)].slice(0, mostFields);
}

function* leaves(path: string, value: unknown): Generator<readonly [string, string]> {
  if (typeof value !== "object" || value === null) {
    yield [path, String(value)];
    return;
  }
  for (const [name, inner] of Object.entries(value)) yield* leaves(path ? `${path}.${name}` : name, inner);
}
