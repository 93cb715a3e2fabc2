"use client";

import { useEffect, useRef, useState } from "react";
import type { CheckoutView } from "#lib/checkout/checkout-view";
import { Countdown } from "./countdown.tsx";
import { DonePanel } from "./done-panel.tsx";
import { useLanguage } from "./language.tsx";
import { MethodList } from "./method-list.tsx";
import { CheckingPanel, MaintenanceNotice, NoMethodsPanel, Notice, ProblemNotice } from "./notices.tsx";
import styles from "./payment.module.css";
import { type Phase, phaseOf } from "./phase.ts";
import { appName, fill, type Texts } from "./texts.ts";
import { type Problem, useCheckout } from "./use-checkout.ts";

export interface PaymentProps {
  readonly view: CheckoutView;
  /** Written out by the server, as nothing about it changes here. */
  readonly amount: string;
  /** Digits after the decimal point of the order's currency. */
  readonly exponent: number;
  /** The picture of the code that is open now, so that it can be scanned before any script has run. */
  readonly codeImage?: string;
  /** The attempt whose provider has just sent the shopper back. */
  readonly cameBackFrom?: string;
  /** The wallet's own id of the shopper, inside of its browser. */
  readonly walletUserId?: string;
  readonly problem?: Problem;
  /** Nothing can be paid: a merchant looks at how the page will be. */
  readonly isPicture?: boolean;
}

/** The right-hand side of the checkout: how to pay, what to do now, and how it ended. */
export function Payment(props: PaymentProps) {
  const { locale, texts } = useLanguage();
  const checkout = useCheckout(props.view, locale, props.problem, props.isPicture);
  const { view, isReachable } = checkout;
  const phase = phaseOf(view, props.cameBackFrom);
  const title = phaseTitle(phase, view, texts);
  const { heading, announcement } = useSpokenPhase(keyOf(phase, view), title);
  const [isLastMinute, setLastMinute] = useState(false);

  const isOpen = phase.kind !== "done";
  const hasNotice = phase.kind === "choose" && phase.notice !== undefined;
  const isListShown = isOpen && phase.kind !== "checking" && phase.kind !== "no_methods";
  return (
    <section className={styles.panel} aria-labelledby="payment-title">
      <p className={styles.unseen} role="status">
        {announcement || (isListShown && isLastMinute ? texts.timer.lastMinute : "")}
      </p>
      {isListShown ? (
        <Countdown
          expiresAt={view.expires_at}
          serverTime={view.server_time}
          onLastMinute={() => setLastMinute(true)}
          onOver={checkout.refresh}
        />
      ) : null}
      <h2
        id="payment-title"
        className={isListShown && !hasNotice ? styles.heading : styles.unseen}
        tabIndex={-1}
        ref={heading}
      >
        {title}
      </h2>
      {isReachable || !isOpen ? null : <p className={styles.offline}>{texts.notice.offline}</p>}
      {phase.kind === "done" ? (
        <DonePanel
          view={view}
          amount={props.amount}
          exponent={props.exponent}
          ending={phase.ending}
          isFresh={view !== props.view || props.cameBackFrom !== undefined}
        />
      ) : null}
      {phase.kind === "checking" ? <CheckingPanel /> : null}
      {phase.kind === "no_methods" ? <NoMethodsPanel view={view} /> : null}
      {phase.kind === "choose" && phase.notice ? <Notice {...phase.notice} /> : null}
      {hasNotice ? <p className={styles.heading}>{texts.methods.heading}</p> : null}
      {phase.kind === "choose" && view.maintenance.length > 0 ? <MaintenanceNotice methods={view.maintenance} /> : null}
      {isOpen && checkout.problem ? <ProblemNotice problem={checkout.problem} /> : null}
      {isOpen && view.methods.length > 0 ? (
        // Hidden and not gone while the answer is awaited: what was typed into the card fields is still there afterwards.
        <div hidden={!isListShown}>
          <MethodList
            checkout={checkout}
            phase={phase}
            amount={props.amount}
            {...(props.codeImage && { codeImage: props.codeImage, codeOf: props.view.attempt?.id })}
            {...(props.walletUserId && { walletUserId: props.walletUserId })}
          />
        </div>
      ) : null}
    </section>
  );
}

function keyOf(phase: Phase, view: CheckoutView): string {
  return `${phase.kind} ${view.status} ${view.attempt?.id} ${view.attempt?.status}`;
}

function phaseTitle(phase: Phase, view: CheckoutView, texts: Texts): string {
  switch (phase.kind) {
    case "done":
      return texts.done[phase.ending].title;
    case "checking":
      return texts.checking.title;
    case "no_methods":
      if (!view.accepts_payments) return texts.methods.closed;
      return view.maintenance.length > 0 ? texts.methods.maintenance : texts.methods.none;
    case "choose":
      return phase.notice ? texts.notice[phase.notice.kind] : texts.methods.heading;
    default:
      return fill(texts[phase.kind].title, { app: appName(texts, phase.attempt.method) });
  }
}

/**
 * After a change: the focus goes to the new heading when the thing that had it is gone, and otherwise the change is said
 * without moving anything.
 */
function useSpokenPhase(key: string, title: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [announcement, setAnnouncement] = useState("");
  const last = useRef(key);
  useEffect(() => {
    if (last.current === key) return;
    last.current = key;
    const isFocusLost = !document.activeElement || document.activeElement === document.body;
    if (isFocusLost) heading.current?.focus({ preventScroll: true });
    setAnnouncement(isFocusLost ? "" : title);
    heading.current?.scrollIntoView({ block: "nearest" });
  }, [key, title]);
  return { heading, announcement };
}
