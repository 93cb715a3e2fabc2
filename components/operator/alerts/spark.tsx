import styles from "./alerts.module.css";

interface Props {
  readonly label: string;
  readonly points: readonly { readonly at: string; readonly value: number }[];
  readonly threshold: number;
}

const width = 240;
const height = 44;
const dayMs = 86_400_000;

/** The last day as a line, the threshold dashed across it. */
export function Spark({ label, points, threshold }: Props) {
  const values = points.map(({ value }) => value);
  const low = Math.min(threshold, ...values);
  const high = Math.max(threshold, ...values);
  const end = Math.max(...points.map(({ at }) => Date.parse(at)));
  const x = (at: string) => width - ((end - Date.parse(at)) / dayMs) * width;
  const y = (value: number) => (high === low ? height / 2 : height - 3 - ((value - low) / (high - low)) * (height - 6));
  const line = points.map(({ at, value }) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  const [only] = points;
  return (
    <svg className={styles.spark} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <line x1="0" x2={width} y1={y(threshold)} y2={y(threshold)} className={styles.limit} />
      {points.length === 1 && only ? (
        <circle cx={x(only.at) - 3} cy={y(only.value)} r="3" className={styles.dot} />
      ) : (
        <polyline points={line} className={styles.line} />
      )}
    </svg>
  );
}
