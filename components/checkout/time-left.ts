const dayMs = 86_400_000;

export type TimeLeft =
  | { readonly kind: "days"; readonly days: number }
  /** `isLast`: the last minute has begun. */
  | { readonly kind: "clock"; readonly text: string; readonly isLast: boolean }
  | { readonly kind: "over" };

const two = (value: number) => String(value).padStart(2, "0");

/** What a countdown says: days while there are two or more, then `h:mm:ss`, then `mm:ss`. Begun seconds count as whole. */
export function timeLeft(remainingMs: number): TimeLeft {
  if (remainingMs <= 0) return { kind: "over" };
  if (remainingMs >= 2 * dayMs) return { kind: "days", days: Math.floor(remainingMs / dayMs) };
  const seconds = Math.ceil(remainingMs / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const tail = `${two(minutes % 60)}:${two(seconds % 60)}`;
  return { kind: "clock", text: hours > 0 ? `${hours}:${tail}` : tail, isLast: seconds <= 60 };
}
