import { sql } from "drizzle-orm";
import type { Context } from "#db/tenancy";
import { unseal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { erasedText } from "./scrub.ts";
import { endFile, filesAfter } from "./store.ts";
import { privacyContext } from "./subject.ts";

const rowsAtOnce = 2_000;
/** Thirty days of requests at fifty a second. */
const mostPages = 65_000;
/** Each may hold a person's whole history. */
const filesAtOnce = 5;

/**
 * Takes the bodies out of the API log wherever they name the person, a page of rows in each transaction: a merchant's
 * month may hold many million. Run again after a crash, it begins anew and finds less.
 */
export async function eraseRequestLogs(ctx: Context, identifiers: readonly string[]): Promise<void> {
  const wanted = JSON.stringify(identifiers.map((value) => value.toLowerCase()));
  let after = "";
  for (let page = 0; page < mostPages; page++) {
    const last = await ctx.transaction(async (tx) => {
      const [row] = await tx.db.execute<{ last: string | null }>(sql`
        with page as (
          select id, lower(concat(path, ' ', request_body, ' ', response_body)) as said from request_log
          where merchant_id = ${tx.merchantId} and livemode = ${tx.livemode} and id > ${after}
          order by id limit ${rowsAtOnce}
        ), gone as (
          update request_log r
          set request_body = ${erasedText}, response_body = ${erasedText}, path = split_part(r.path, '?', 1), ip = null, user_agent = null
          from page
          where r.merchant_id = ${tx.merchantId} and r.id = page.id and exists (
            select from json_array_elements_text(${wanted}::json) as w(value) where position(w.value in page.said) > 0)
        )
        select max(id collate "C") as last from page`);
      return row?.last ?? undefined;
    });
    if (last === undefined) return;
    after = last;
  }
}

/** Files that lists of orders were exported to hold everybody's names: they end now, and can be made again without this one's. */
export async function endOrderExports(ctx: Context): Promise<void> {
  await ctx.transaction(async (tx) => {
    await tx.db.execute(sql`
      delete from export_parts p using exports e
      where e.merchant_id = ${tx.merchantId} and e.livemode = ${tx.livemode} and e.list = 'orders' and e.status = 'succeeded'
        and p.merchant_id = e.merchant_id and p.export_id = e.id`);
    await tx.db.execute(sql`
      update exports set status = 'expired', expires_at = ${tx.now.toISOString()}::timestamptz
      where merchant_id = ${tx.merchantId} and livemode = ${tx.livemode} and list = 'orders' and status = 'succeeded'`);
  });
}

/** Files that were made of the person before, by whatever they were asked for. */
export async function endPersonFiles(ctx: Context, identifiers: readonly string[]): Promise<void> {
  // As JSON writes it between its quotes.
  const wanted = identifiers.map((value) => JSON.stringify(value.toLowerCase()).slice(1, -1));
  let after = "";
  for (let page = 0; page < mostPages; page++) {
    const files = await ctx.transaction((tx) => filesAfter(tx, after, filesAtOnce));
    for (const { id, file } of files) {
      const said = unseal(env.secretsKeys, file, privacyContext(id)).toLowerCase();
      if (wanted.some((value) => said.includes(value))) await ctx.transaction((tx) => endFile(tx, id));
    }
    const last = files.at(-1);
    if (!last) return;
    after = last.id;
  }
}
