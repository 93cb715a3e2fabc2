import type { Locale } from "#lib/kernel/locale";
import { translate } from "#lib/messages/translate";

/** How the words and times of one file are written: in one language, in one time zone. */
export interface Words {
  /** Of the catalogue, or `otherwise` where it has none. */
  word(path: string, otherwise: string): string;
  header(column: string): string;
  /** The wall clock's time there, as milliseconds since 1970 of a clock that knows no zones. */
  wallClockMs(at: Date): number;
}

const momentColumn = /_at$/;
const minorColumn = /_minor$/;

export function wordsFor(locale: Locale, timeZone: string): Words {
  const known = new Map<string, string>();
  const word = (path: string, otherwise: string) => {
    let text = known.get(path);
    if (text === undefined) {
      text = translate(locale, path) ?? otherwise;
      known.set(path, text);
    }
    return text;
  };
  const column = (name: string) => word(`dashboard.exports.columns.${name}`, name);
  return {
    word,
    header(name) {
      if (minorColumn.test(name)) {
        const values = { column: column(name.replace(minorColumn, "")) };
        return translate(locale, "dashboard.exports.minorUnits", values) ?? name;
      }
      if (!momentColumn.test(name)) return column(name);
      return translate(locale, "dashboard.exports.inZone", { column: column(name), zone: timeZone }) ?? name;
    },
    wallClockMs: wallClock(timeZone),
  };
}

/** No zone has changed its clocks at another moment than a full quarter of an hour since this product could have rows. */
const quarterMs = 15 * 60_000;
const mostQuarters = 100_000;

/** Asking Intl for each of a million rows would take longer than reading them, so each quarter of an hour is asked once. */
function wallClock(timeZone: string): (at: Date) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const offsets = new Map<number, number>();
  return (at) => {
    const quarter = Math.floor(at.getTime() / quarterMs);
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      if (offsets.size >= mostQuarters) offsets.clear();
      offset = offsetMs(format, quarter * quarterMs);
      offsets.set(quarter, offset);
    }
    return at.getTime() + offset;
  };
}

function offsetMs(format: Intl.DateTimeFormat, atMs: number): number {
  const parts = format.formatToParts(atMs);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second")) - atMs;
}
