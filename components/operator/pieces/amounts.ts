/** Whether a value of unknown shape is minor units by currency; one that names no currency yet is. */
export function isAmounts(value: unknown): value is Record<string, number> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).every(([name, minor]) => /^[A-Z]{3}$/.test(name) && Number.isSafeInteger(minor))
  );
}
