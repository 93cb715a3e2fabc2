import { and, desc, eq } from "drizzle-orm";
import { apiKeys } from "#db/schema/access";
import type { Context } from "#db/tenancy";
import type { ApiKey } from "./create-key.ts";

/** More keys than anybody can look through. */
const most = 500;

/** Keys of this merchant and mode, newest first, revoked ones too. */
export async function listApiKeys(ctx: Context): Promise<ApiKey[]> {
  return ctx.transaction((tx) =>
    tx.db
      .select()
      .from(apiKeys)
      .where(and(eq(apiKeys.merchantId, tx.merchantId), eq(apiKeys.livemode, tx.livemode)))
      .orderBy(desc(apiKeys.id))
      .limit(most),
  );
}
