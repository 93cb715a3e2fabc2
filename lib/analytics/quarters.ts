/** The grain of the rollups: every time zone's midnight falls on a multiple of it. */
export const quarterMs = 15 * 60_000;

/** Begin of the quarter of an hour that a moment lies in, milliseconds. */
export function quarterOf(atMs: number): number {
  return Math.floor(atMs / quarterMs) * quarterMs;
}
