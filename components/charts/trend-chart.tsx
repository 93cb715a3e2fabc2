"use client";

import { Area, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import styles from "./charts.module.css";

export interface TrendPoint {
  /** On the axis. */
  readonly label: string;
  /** In full, for the reading. */
  readonly title: string;
  readonly value: number | null;
  readonly previousTitle?: string | undefined;
  readonly previous?: number | null | undefined;
}

interface Props {
  readonly points: readonly TrendPoint[];
  readonly format: (value: number) => string;
  /** Short, for the axis. */
  readonly formatTick: (value: number) => string;
  readonly none: string;
  readonly isStill: boolean;
  readonly hasPrevious: boolean;
}

const drawMs = 160;

/** A period over the one before (dashed), read exactly by pointer or arrow keys. */
export default function TrendChart({ points, format, formatTick, none, isStill, hasPrevious }: Props) {
  const motion = { isAnimationActive: !isStill, animationDuration: drawMs } as const;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={[...points]} margin={{ top: 8, right: 12, bottom: 0, left: 0 }}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="label"
          tickLine={false}
          axisLine={{ stroke: "var(--line)" }}
          tick={{ fill: "var(--ink-faint)", fontSize: 12 }}
          minTickGap={28}
          interval="equidistantPreserveStart"
          tickMargin={8}
        />
        <YAxis
          width="auto"
          tickLine={false}
          axisLine={false}
          tick={{ fill: "var(--ink-faint)", fontSize: 12 }}
          tickFormatter={formatTick}
          tickCount={5}
          domain={[0, "auto"]}
        />
        <Tooltip
          cursor={{ stroke: "var(--ink-faint)" }}
          isAnimationActive={false}
          content={({ active, payload }) => {
            const point = active ? (payload?.[0]?.payload as TrendPoint | undefined) : undefined;
            return point ? <Reading point={point} format={format} none={none} /> : null;
          }}
        />
        {hasPrevious && (
          <Line
            {...motion}
            dataKey="previous"
            type="linear"
            stroke="var(--ink-faint)"
            strokeWidth={1.5}
            strokeDasharray="5 4"
            dot={false}
            activeDot={false}
          />
        )}
        <Area
          {...motion}
          dataKey="value"
          type="linear"
          stroke="var(--brand)"
          strokeWidth={2}
          fill="var(--brand)"
          fillOpacity={0.08}
          dot={points.length === 1}
          activeDot={{ r: 4, stroke: "var(--surface)", strokeWidth: 2 }}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}

function Reading({ point, format, none }: { point: TrendPoint; format: Props["format"]; none: string }) {
  const text = (value: number | null | undefined) => (value === null || value === undefined ? none : format(value));
  return (
    <div className={styles.reading}>
      <p data-line="solid">
        <span>{point.title}</span>
        <strong>{text(point.value)}</strong>
      </p>
      {point.previousTitle && (
        <p data-line="dashed">
          <span>{point.previousTitle}</span>
          <strong>{text(point.previous)}</strong>
        </p>
      )}
    </div>
  );
}
