const offsetMs = 8 * 3_600_000;
export const dayMs = 24 * 3_600_000;

function shifted(at: Date): string {
  return new Date(at.getTime() + offsetMs).toISOString();
}

/** `yyyy-MM-dd HH:mm:ss` in Beijing time, the only form of time on this provider's wire. */
export function beijingTime(at: Date): string {
  return shifted(at).slice(0, 19).replace("T", " ");
}

/** The same with milliseconds, as gmt_refund has them. */
export function beijingTimeMs(at: Date): string {
  return shifted(at).slice(0, 23).replace("T", " ");
}

/** `yyyy-MM-dd` in Beijing. */
export function beijingDate(at: Date): string {
  return shifted(at).slice(0, 10);
}

/** Reads `yyyy-MM-dd HH:mm:ss`, or without the seconds; undefined when it is no such time. */
export function parseBeijingTime(text: string): Date | undefined {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d)(:\d\d)?$/.exec(text);
  if (!match) return undefined;
  const at = new Date(`${match[1]}T${match[2]}${match[3] ?? ":00"}+08:00`);
  // Date rolls 02-30 over to March, so only what reads back the same was a real time.
  return !Number.isNaN(at.getTime()) && beijingTime(at).startsWith(text) ? at : undefined;
}

/** The instants a bill covers: one day for `yyyy-MM-dd`, one month for `yyyy-MM`; undefined when it is neither. */
export function beijingPeriod(text: string): { readonly from: Date; readonly to: Date } | undefined {
  const match = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(text);
  if (!match) return undefined;
  const from = parseBeijingTime(`${match[1]}-${match[2]}-${match[3] ?? "01"} 00:00:00`);
  if (!from) return undefined;
  if (match[3]) return { from, to: new Date(from.getTime() + dayMs) };
  const to = new Date(Date.UTC(Number(match[1]), Number(match[2]), 1) - offsetMs);
  return { from, to };
}
