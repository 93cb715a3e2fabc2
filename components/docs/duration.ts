const units = [
  { unit: "hour", ms: 3_600_000 },
  { unit: "minute", ms: 60_000 },
  { unit: "second", ms: 1_000 },
] as const;

/** In the two largest units that matter: `5 min 5 sec`, `75 hr 35 min`. */
export function duration(ms: number, locale: string): string {
  let rest = ms;
  const parts = units.map(({ unit, ms: unitMs }) => {
    const count = Math.floor(rest / unitMs);
    rest -= count * unitMs;
    return { unit, count };
  });
  return parts
    .filter(({ count }) => count > 0)
    .slice(0, 2)
    .map(({ unit, count }) =>
      new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(count),
    )
    .map((part) => part.replace(/(\d)(\p{Script=Han})/u, "$1 $2"))
    .join(" ");
}
