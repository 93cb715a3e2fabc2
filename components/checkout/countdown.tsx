import { useEffect, useRef, useState } from "react";
import { useLanguage } from "./language.tsx";
import styles from "./payment.module.css";
import { fill } from "./texts.ts";
import { timeLeft } from "./time-left.ts";

interface CountdownProps {
  readonly expiresAt: string;
  /** When the server said so: the shopper's own clock may be wrong. */
  readonly serverTime: string;
  onLastMinute(): void;
  onOver(): void;
}

/** The time left to pay: quiet until the last minute. */
export function Countdown({ expiresAt, serverTime, onLastMinute, onOver }: CountdownProps) {
  const { texts } = useLanguage();
  const [remainingMs, setRemainingMs] = useState(() => Date.parse(expiresAt) - Date.parse(serverTime));
  const left = timeLeft(remainingMs);
  const isLast = left.kind === "clock" && left.isLast;
  const isOver = left.kind === "over";
  const callbacks = useRef({ onLastMinute, onOver });
  callbacks.current = { onLastMinute, onOver };

  useEffect(() => {
    const receivedAt = performance.now();
    const atReceipt = Date.parse(expiresAt) - Date.parse(serverTime);
    const tick = () => setRemainingMs(atReceipt - (performance.now() - receivedAt));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [expiresAt, serverTime]);

  useEffect(() => {
    if (isLast) callbacks.current.onLastMinute();
  }, [isLast]);

  // The server says when it is over; until it does, it is asked.
  useEffect(() => {
    if (!isOver) return;
    callbacks.current.onOver();
    const timer = setInterval(() => callbacks.current.onOver(), 3000);
    return () => clearInterval(timer);
  }, [isOver]);

  return (
    <p className={isLast || isOver ? `${styles.countdown} ${styles.hurry}` : styles.countdown}>
      {texts.timer.within}{" "}
      <span className={styles.clock} role="timer">
        {left.kind === "days"
          ? fill(texts.timer.days, { days: left.days })
          : left.kind === "clock"
            ? left.text
            : "00:00"}
      </span>
    </p>
  );
}
