"use client";

import dynamic from "next/dynamic";
import type { ComponentProps } from "react";
import styles from "./charts.module.css";
import type TrendChart from "./trend-chart.tsx";

/** The chart library comes after the numbers; its place is kept, so that nothing jumps. */
const Loaded = dynamic(() => import("./trend-chart.tsx"), {
  ssr: false,
  loading: () => <div className={styles.plot} aria-busy />,
});

export function LazyTrendChart(props: ComponentProps<typeof TrendChart>) {
  return (
    <div className={styles.plot}>
      <Loaded {...props} />
    </div>
  );
}
