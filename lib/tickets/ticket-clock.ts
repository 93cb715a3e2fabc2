import type { TicketPriority } from "#db/schema/tickets";

/** Milliseconds that a priority allows. */
export interface Targets {
  readonly firstAnswerMs: number;
  readonly resolutionMs: number;
}

/** How long we have. The resolution's clock stands while the merchant has the word. */
export interface TicketClock {
  readonly firstAnswerDueAt: Date;
  readonly firstAnsweredAt: Date | null;
  readonly resolutionDueAt: Date | null;
  readonly resolutionLeftMs: number | null;
}

type ByPriority = Readonly<Record<TicketPriority, number>>;

const minuteMs = 60_000;

export function targetsOf(priority: TicketPriority, firstAnswer: ByPriority, resolution: ByPriority): Targets {
  return { firstAnswerMs: firstAnswer[priority] * minuteMs, resolutionMs: resolution[priority] * minuteMs };
}

const after = (at: Date, ms: number) => new Date(at.getTime() + ms);

export function startClock(now: Date, { firstAnswerMs, resolutionMs }: Targets): TicketClock {
  return {
    firstAnswerDueAt: after(now, firstAnswerMs),
    firstAnsweredAt: null,
    resolutionDueAt: after(now, resolutionMs),
    resolutionLeftMs: null,
  };
}

/** Overdue time is kept too: a negative rest. */
export function stopClock<C extends TicketClock>(clock: C, now: Date): C {
  if (!clock.resolutionDueAt) return clock;
  const resolutionLeftMs = clock.resolutionDueAt.getTime() - now.getTime();
  return { ...clock, resolutionDueAt: null, resolutionLeftMs };
}

export function runClock<C extends TicketClock>(clock: C, now: Date): C {
  if (clock.resolutionLeftMs === null) return clock;
  return { ...clock, resolutionDueAt: after(now, clock.resolutionLeftMs), resolutionLeftMs: null };
}

export function answer<C extends TicketClock>(clock: C, now: Date): C {
  return clock.firstAnsweredAt ? clock : { ...clock, firstAnsweredAt: now };
}

/** Another priority counts from the beginning: what was used up stays used up. */
export function retarget<C extends TicketClock>(clock: C, before: Targets, now: Targets): C {
  const gainedMs = now.resolutionMs - before.resolutionMs;
  return {
    ...clock,
    firstAnswerDueAt: after(clock.firstAnswerDueAt, now.firstAnswerMs - before.firstAnswerMs),
    resolutionDueAt: clock.resolutionDueAt && after(clock.resolutionDueAt, gainedMs),
    resolutionLeftMs: clock.resolutionLeftMs === null ? null : clock.resolutionLeftMs + gainedMs,
  };
}

/** By when we have to do something; null while nobody waits for us. */
export function nextDue(clock: TicketClock): Date | null {
  const { firstAnswerDueAt, firstAnsweredAt, resolutionDueAt } = clock;
  if (!resolutionDueAt) return null;
  return !firstAnsweredAt && firstAnswerDueAt < resolutionDueAt ? firstAnswerDueAt : resolutionDueAt;
}
