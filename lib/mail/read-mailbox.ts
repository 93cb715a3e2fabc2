import { sql } from "drizzle-orm";
import { appDatabase } from "#db/tenancy";
import { unseal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { AppError } from "#lib/kernel/errors";
import type { Mail } from "./compose-mail.ts";
import { mailContext } from "./queue-mail.ts";
import { hasSandboxMailbox } from "./settings.ts";

export interface KeptMail extends Mail {
  readonly id: string;
  readonly to: string;
  readonly at: Date;
}

const most = 50;

/** The latest mails of the sandbox, newest first; of one recipient or of all. @throws AppError where mail is real */
export async function readMailbox(to?: string): Promise<KeptMail[]> {
  if (!hasSandboxMailbox()) throw new AppError("not_found", "route_not_found");
  const rows = await appDatabase().execute<{ id: string; recipient: string; sealed: string; created_at: string }>(
    sql`select id, recipient, sealed, created_at from internal.mailbox(${to ?? null}, ${most})`,
  );
  return rows.map((row) => ({
    ...(JSON.parse(unseal(env.secretsKeys, row.sealed, mailContext(row.id))) as Mail),
    id: row.id,
    to: row.recipient,
    at: new Date(row.created_at),
  }));
}
