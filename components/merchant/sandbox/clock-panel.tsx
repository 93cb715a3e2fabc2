"use client";

import { App, Button, Input } from "antd";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { MoveClock } from "#lib/test-clock/schemas";
import { useTestClockActions } from "../api/test-clock.ts";
import { dayOf, dayStart, formatExact } from "../format.ts";
import { Facts } from "../pieces/facts.tsx";
import { Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useSession } from "../session.tsx";
import styles from "./sandbox.module.css";

const hourSeconds = 3_600;
const steps = { hour: hourSeconds, day: 24 * hourSeconds, month: 720 * hourSeconds } as const;
const longestAheadMs = 366 * 24 * hourSeconds * 1_000;

/** What time it is in test mode, and the buttons that move it on. */
export function ClockPanel() {
  const t = useTranslations("dashboard.testClock");
  const { aheadMs } = useSession();
  const { message } = App.useApp();
  const exact = useExact();
  const { move, reset } = useTestClockActions();
  const isPending = move.isPending || reset.isPending;
  const go = (input: MoveClock) => {
    reset.reset();
    move.mutate(input, {
      onSuccess: (clock) => message.success(t("moved", { now: exact(new Date(clock.now)) })),
    });
  };
  const goBack = () => {
    move.reset();
    reset.mutate(undefined, { onSuccess: () => message.success(t("wasReset")) });
  };
  const error = move.error ?? reset.error;
  return (
    <Panel title={t("title")}>
      <div className={styles.stack}>
        <p className={styles.soft}>{t("help")}</p>
        <Times />
        {aheadMs < 0 ? (
          <p className={styles.soft}>{t("makingShort")}</p>
        ) : (
          <>
            <div className={styles.row}>
              {(["hour", "day", "month"] as const).map((step) => (
                <Button key={step} disabled={isPending} onClick={() => go({ advance_seconds: steps[step] })}>
                  {t(step)}
                </Button>
              ))}
            </div>
            <DateStep isPending={isPending} onMove={go} />
            {aheadMs > 0 && (
              <>
                <Button className={styles.start} disabled={isPending} onClick={goBack}>
                  {t("reset")}
                </Button>
                <p className={styles.soft}>{t("resetHelp")}</p>
              </>
            )}
          </>
        )}
        {error && <ProblemAlert error={error} />}
      </div>
    </Panel>
  );
}

function useExact(): (at: Date) => string {
  const locale = useLocale();
  const { timeZone } = useSession().merchant;
  return (at) => formatExact(locale, at, timeZone);
}

function Times() {
  const t = useTranslations("dashboard.testClock");
  const { aheadMs } = useSession();
  const exact = useExact();
  const realMs = useSeconds();
  const shown = (ms: number) => (realMs === undefined ? "…" : exact(new Date(ms)));
  return (
    <Facts
      facts={[
        [t("now"), <strong key="now">{shown((realMs ?? 0) + aheadMs)}</strong>],
        [t("real"), shown(realMs ?? 0)],
      ]}
    />
  );
}

/** Undefined on the server, whose second is another. */
function useSeconds(): number | undefined {
  const [ms, setMs] = useState<number>();
  useEffect(() => {
    const tick = () => setMs(Date.now());
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, []);
  return ms;
}

function DateStep({ isPending, onMove }: { isPending: boolean; onMove: (input: MoveClock) => void }) {
  const t = useTranslations("dashboard.testClock");
  const { now, merchant } = useSession();
  const [day, setDay] = useState("");
  const at = day === "" ? undefined : dayStart(day, merchant.timeZone);
  const isPossible = at !== undefined && at > now() && at.getTime() <= Date.now() + longestAheadMs;
  return (
    <div className={styles.row}>
      <Input
        style={{ width: 180 }}
        type="date"
        aria-label={t("to")}
        min={dayOf(now(), merchant.timeZone)}
        value={day}
        onChange={(event) => setDay(event.target.value)}
      />
      <Button loading={isPending} disabled={!isPossible} onClick={() => at && onMove({ to: at.toISOString() })}>
        {t("toAction")}
      </Button>
    </div>
  );
}
