interface QuietTime {
  /** Minutes of the day; none when either is null. */
  readonly quietFrom: number | null;
  readonly quietTo: number | null;
  /** IANA name. */
  readonly timeZone: string;
}

/** Whether nobody is to be disturbed at that moment. From later than to means over midnight. */
export function isQuiet({ quietFrom: from, quietTo: to, timeZone }: QuietTime, at: Date): boolean {
  if (from === null || to === null || from === to) return false;
  const minute = minuteOfDay(at, timeZone);
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

function minuteOfDay(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
    .formatToParts(at)
    .map(({ type, value }) => [type, Number(value)] as const);
  const { hour = 0, minute = 0 } = Object.fromEntries(parts);
  return hour * 60 + minute;
}
