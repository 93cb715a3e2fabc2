const beijingOffsetMs = 8 * 3_600_000;
export const dayMs = 86_400_000;

function beijing(at: Date): string {
  return new Date(at.getTime() + beijingOffsetMs).toISOString();
}

/** `2018-06-08T10:34:56+08:00` */
export function rfc3339(at: Date): string {
  return `${beijing(at).slice(0, 19)}+08:00`;
}

/** `2018-06-08 10:34:56`, as bills write it. */
export function billTime(at: Date): string {
  return beijing(at).slice(0, 19).replace("T", " ");
}

/** `20180608103456`, as the provider's numbers begin. */
export function compactTime(at: Date): string {
  return beijing(at).slice(0, 19).replaceAll(/[-T:]/g, "");
}

/** Midnight in Beijing at the start of `yyyy-mm-dd`, or undefined when there is no such day. */
export function beijingDay(date: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  const start = new Date(`${date}T00:00:00+08:00`);
  return Number.isNaN(start.getTime()) || beijing(start).slice(0, 10) !== date ? undefined : start;
}

/** @returns undefined when the text is not RFC 3339 with an offset */
export function parseRfc3339(text: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
