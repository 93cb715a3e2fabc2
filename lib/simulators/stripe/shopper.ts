import { and, eq } from "drizzle-orm";
import { Hono } from "hono";
import { z } from "zod";
import { stripeAccounts, stripeObjects } from "#db/schema/sim-stripe";
import type { SimulatorDb } from "#db/simulator-client";
import { equalSecrets } from "#lib/kernel/crypto";
import type { SimulatorDependencies } from "../simulator.ts";
import { actOn } from "./act.ts";
import { returnUrlOf } from "./authentication.ts";
import { displayed } from "./currencies.ts";
import { findObject, type Reader } from "./store.ts";
import { idOf, type Stored } from "./wire.ts";

const maxDelayMs = 60_000;

const action = z.strictObject({
  act: z.enum(["pay", "fail", "cancel"]),
  afterMs: z.int().min(0).max(maxDelayMs).optional(),
  reason: z.string().max(40).optional(),
});

/** What the test bank's page shows. */
export interface Challenge {
  readonly payee: string;
  /** `88.00 usd` */
  readonly amount: string;
  readonly brand: string;
  readonly last4: string;
  readonly status: string;
  /** Where to go on, once the challenge is over. */
  readonly returnUrl: string | null;
}

/** The JSON behind the 3-D Secure page, open to whoever holds the challenge's secret. */
export function shopperRoutes({ db, clock, publicUrl }: SimulatorDependencies & { db: SimulatorDb }): Hono {
  const app = new Hono();

  app.get("/challenges/:id", async (c) => {
    const found = await challengeOf(db, c.req.param("id"), c.req.query("secret") ?? "");
    if (!found) return c.json({ error: "not_found" }, 404);
    return c.json(await described(db, found.accountId, found.stored), 200, { "cache-control": "no-store" });
  });

  app.post("/challenges/:id", async (c) => {
    const parsed = action.safeParse(await c.req.json().catch(() => undefined));
    if (!parsed.success) return c.json({ error: "invalid" }, 400);
    const id = c.req.param("id");
    const found = await challengeOf(db, id, c.req.query("secret") ?? "");
    if (!found) return c.json({ error: "not_found" }, 404);
    await actOn({ db, now: clock.now(), publicUrl }, found.accountId, id, parsed.data);
    const stored = await findObject(db, found.accountId, "payment_intent", id);
    return stored ? c.json(await described(db, found.accountId, stored)) : c.json({ error: "not_found" }, 404);
  });

  return app;
}

async function challengeOf(
  db: Reader,
  id: string,
  secret: string,
): Promise<{ accountId: string; stored: Stored<"payment_intent"> } | undefined> {
  const [owner] = await db
    .select({ accountId: stripeObjects.accountId })
    .from(stripeObjects)
    .where(and(eq(stripeObjects.id, id), eq(stripeObjects.object, "payment_intent")));
  const stored = owner && (await findObject(db, owner.accountId, "payment_intent", id));
  const expected = stored?.hidden.challenge?.secret;
  return stored && expected && equalSecrets(expected, secret) ? { accountId: owner.accountId, stored } : undefined;
}

async function described(db: Reader, accountId: string, stored: Stored<"payment_intent">): Promise<Challenge> {
  const intent = stored.body;
  const [account] = await db
    .select({ label: stripeAccounts.label })
    .from(stripeAccounts)
    .where(eq(stripeAccounts.id, accountId));
  const methodId = idOf(intent.payment_method);
  const method = methodId ? await findObject(db, accountId, "payment_method", methodId) : undefined;
  return {
    payee: account?.label ?? "",
    amount: displayed(intent.amount, intent.currency).toUpperCase(),
    brand: method?.body.card?.brand ?? "",
    last4: method?.body.card?.last4 ?? "",
    status: intent.status,
    returnUrl: returnUrlOf(stored) ?? null,
  };
}
