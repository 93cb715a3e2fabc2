import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { unseal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { AppError } from "#lib/kernel/errors";
import { getRequest } from "./store.ts";
import { privacyContext } from "./subject.ts";

/** It is an erasure, not yet written, did not succeed, or its seven days are over. */
export class NoPersonFile extends AppError {
  constructor() {
    super("conflict", "privacy_no_file");
  }
}

/** The file as it is handed to the person; that somebody took it stands in the activity log. @throws NotFound, NoPersonFile */
export async function readPersonFile(ctx: Context, id: string): Promise<string> {
  return ctx.transaction(async (tx) => {
    const { file } = await getRequest(tx, id);
    if (file === null) throw new NoPersonFile();
    await recordAudit(tx, "privacy.download", id);
    return unseal(env.secretsKeys, file, privacyContext(id));
  });
}
