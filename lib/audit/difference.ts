/**
 * What differs between two states of an object, for its entry in the audit log.
 *
 * @returns `before` and `after` with just the fields that differ; a field that is new is null before
 */
export function difference(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const was: Record<string, unknown> = {};
  const is: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(after)) {
    const old = before[name] ?? null;
    if (JSON.stringify(old) === JSON.stringify(value ?? null)) continue;
    was[name] = old;
    is[name] = value ?? null;
  }
  return { before: was, after: is };
}
