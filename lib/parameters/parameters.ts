import { z } from "@hono/zod-openapi";
import { eq } from "drizzle-orm";
import { parameters } from "#db/schema/operator";
import { appDatabase } from "#db/tenancy";
import { TimedCache } from "#lib/kernel/cache";
import { processWide } from "#lib/kernel/globals";

/** What operators can set without a restart. A value is checked by `schema` when it is set, and again when it is read. */
interface Definition<T> {
  readonly schema: z.ZodType<T>;
  readonly initial: T;
  /** Where it belongs on the page. */
  readonly group: "approvals" | "risk" | "tickets" | "merchants" | "operators";
}

const define = <T>(definition: Definition<T>) => definition;

const minutes = z.number().int().min(5).max(100_000);
const minutesByPriority = z.strictObject({ urgent: minutes, high: minutes, normal: minutes, low: minutes });

const minorByCurrency = z.record(z.string().regex(/^[A-Z]{3}$/), z.number().int().min(0).max(1e12));

/** The table of system parameters. Texts: `console.parameters.names.<name>` and `.help.<name>`. */
export const parameterTable = {
  /** Minor units by currency up to which one operator refunds alone; a currency that is not named needs two at once. */
  refund_alone_up_to: define({
    group: "approvals",
    schema: minorByCurrency,
    initial: { CNY: 100_000, USD: 15_000, EUR: 15_000, GBP: 12_000, JPY: 20_000, HKD: 100_000 },
  }),
  /** Hours until a proposal that nobody decided lapses. */
  approval_hours: define({ group: "approvals", schema: z.number().int().min(1).max(720), initial: 72 }),
  /** Minutes until a ticket is answered for the first time, by its priority. */
  ticket_first_answer_minutes: define({
    group: "tickets",
    schema: minutesByPriority,
    initial: { urgent: 30, high: 120, normal: 480, low: 1_440 },
  }),
  /** Minutes until a ticket is solved; the time in which the merchant has the word does not count. */
  ticket_resolution_minutes: define({
    group: "tickets",
    schema: minutesByPriority,
    initial: { urgent: 240, high: 1_440, normal: 4_320, low: 10_080 },
  }),
  /** Days after which a solved ticket that nobody reopened is closed. */
  ticket_close_days: define({ group: "tickets", schema: z.number().int().min(1).max(90), initial: 7 }),
  /** Hours in which an error case wants to be looked at. */
  error_case_hours: define({ group: "tickets", schema: z.number().int().min(1).max(720), initial: 24 }),
  /** Minutes that a payment may be without an answer of its channel before it becomes an error case. */
  attempt_unknown_minutes: define({ group: "tickets", schema: z.number().int().min(5).max(10_080), initial: 60 }),
  /** Hours until a merchant's application is answered. */
  application_hours: define({ group: "merchants", schema: z.number().int().min(1).max(720), initial: 48 }),
  /** Whether an operator without a second factor can do nothing but set one up. */
  operator_second_factor_required: define({ group: "operators", schema: z.boolean(), initial: false }),
} as const;

export type ParameterName = keyof typeof parameterTable;
export type ParameterValue<N extends ParameterName> =
  (typeof parameterTable)[N] extends Definition<infer T> ? T : never;

const cache = processWide("parameters", () => new TimedCache<unknown>({ ttlMs: 3_000, max: 100 }));

export function isParameterName(text: string): text is ParameterName {
  return Object.hasOwn(parameterTable, text);
}

/** What a parameter is now, at most three seconds old; its first value when nobody set it, or what was set no longer fits. */
export async function parameter<N extends ParameterName>(name: N): Promise<ParameterValue<N>> {
  const { schema, initial } = parameterTable[name];
  const value = await cache.get(name, async () => {
    const [row] = await appDatabase()
      .select({ value: parameters.value })
      .from(parameters)
      .where(eq(parameters.name, name));
    return row?.value;
  });
  const parsed = schema.safeParse(value);
  return (parsed.success ? parsed.data : initial) as ParameterValue<N>;
}

export function forgetParameter(name: ParameterName): void {
  cache.forget(name);
}
