import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { emit } from "#lib/events/emit";
import { defineJob } from "#lib/jobs/job";
import { crashpoint } from "#lib/kernel/crashpoint";
import { seal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { indexNewestOrders } from "#lib/search/index-orders";
import { endOrderExports, endPersonFiles, eraseRequestLogs } from "./erase-logs.ts";
import { eraseOrders } from "./erase-orders.ts";
import { collectPerson, TooMuch } from "./person-file.ts";
import { privacyRequestJson } from "./schemas.ts";
import { identifiersIn } from "./scrub.ts";
import { changeRequest, lockOrders, ordersOf, type PrivacyRequest } from "./store.ts";
import { openSubject, privacyContext, type Subject, termsOf } from "./subject.ts";

const ordersAtOnce = 50;
const mostBatches = 100_000;
const keptMs = 7 * 24 * 3_600_000;

/** Does what was asked. Run again after a crash, an erasure goes on with what is left, and an export begins anew. */
export const runPrivacyRequest = defineJob<{ privacyRequestId: string }>(
  "run_privacy_request",
  async (ctx, { privacyRequestId }) => {
    const begun = await ctx.transaction((tx) => changeRequest(tx, privacyRequestId, { status: "processing" }));
    if (!begun?.subject) return;
    const subject = openSubject(begun.id, begun.subject);
    await indexNewestOrders(ctx); // A busy merchant's index may be minutes behind, and the person may have just paid.
    if (begun.kind === "export") await writeFile(ctx, begun, subject);
    else await erase(ctx, begun, subject);
  },
);

async function writeFile(ctx: Context, { id }: PrivacyRequest, subject: Subject): Promise<void> {
  try {
    const { orders, file } = await collectPerson(ctx, subject);
    const sealed = seal(env.secretsKeys, JSON.stringify(file, null, 2), privacyContext(id));
    const expiresAt = new Date(ctx.now.getTime() + keptMs);
    await finish(ctx, id, { status: "succeeded", ordersDone: orders, file: sealed, expiresAt });
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    await finish(ctx, id, { status: "failed", failureCode: "too_many_orders", subject: null });
  }
}

async function erase(ctx: Context, request: PrivacyRequest, subject: Subject): Promise<void> {
  const terms = termsOf(subject);
  const named = terms.map(({ term }) => term);
  await eraseRequestLogs(ctx, named);
  let done = request.ordersDone;
  for (let batch = 0; batch < mostBatches; batch++) {
    const found = await ctx.transaction((tx) => ordersOf(tx, terms, ordersAtOnce));
    if (found.length === 0) break;
    // The logs first: what names the person there is known only as long as it stands in the orders.
    await eraseRequestLogs(
      ctx,
      found.flatMap((order) => [order.id, ...identifiersIn(order.customer)]),
    );
    await ctx.transaction(async (tx) => {
      await eraseOrders(tx, await lockOrders(tx, found));
      done += found.length;
      await changeRequest(tx, request.id, { ordersDone: done });
    });
    crashpoint("after-erased-orders");
  }
  await endOrderExports(ctx);
  await endPersonFiles(ctx, named);
  await finish(ctx, request.id, { status: "succeeded", subject: null, ordersDone: done });
}

async function finish(ctx: Context, id: string, change: Partial<PrivacyRequest>): Promise<void> {
  await ctx.transaction(async (tx) => {
    const row = await changeRequest(tx, id, { ...change, finishedAt: tx.now });
    if (!row) return;
    await recordAudit(tx, `privacy.finish_${row.kind}`, id, { status: row.status, orders: row.ordersDone });
    await emit(tx, "privacy_request.finished", { objectId: id, data: privacyRequestJson(row) });
  });
}
