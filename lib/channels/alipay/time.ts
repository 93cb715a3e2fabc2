/** Alipay writes Beijing's time without its zone; China has had no daylight saving since 1991. */
const beijingOffsetMs = 8 * 60 * 60 * 1000;

/** `2026-11-20 18:30:00`, the form of timestamp and time_expire. */
export function toBeijingTime(at: Date): string {
  return new Date(at.getTime() + beijingOffsetMs).toISOString().slice(0, 19).replace("T", " ");
}

/** Reads `2026-11-20 18:30:00`, also with the milliseconds of gmt_refund. @throws RangeError when the text has another form */
export function fromBeijingTime(text: string): Date {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?)$/.exec(text);
  const at = new Date(match ? `${match[1]}T${match[2]}+08:00` : Number.NaN);
  if (Number.isNaN(at.getTime())) throw new RangeError(`not a time: ${text}`);
  return at;
}
