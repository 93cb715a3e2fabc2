/** `2026-01` shifted by -1 is `2025-12`. */
export function shiftMonth(month: string, by: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

/** So many months, the latest first. */
export function monthsBack(latest: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => shiftMonth(latest, -index));
}
