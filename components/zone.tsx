"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";

export interface Zone {
  /** IANA name of the zone that times are told in. */
  readonly timeZone: string;
  /** How far the reader's time is ahead of the real one: a merchant's test mode has a clock that can be moved. */
  readonly aheadMs: number;
  now(): Date;
}

const ZoneContext = createContext<Zone | undefined>(undefined);

export function ZoneProvider(props: { timeZone: string; aheadMs?: number; children: ReactNode }) {
  const { timeZone, aheadMs = 0 } = props;
  const zone = useMemo(() => ({ timeZone, aheadMs, now: () => new Date(Date.now() + aheadMs) }), [timeZone, aheadMs]);
  return <ZoneContext value={zone}>{props.children}</ZoneContext>;
}

export function useZone(): Zone {
  const zone = useContext(ZoneContext);
  if (!zone) throw new Error("no ZoneProvider above");
  return zone;
}
