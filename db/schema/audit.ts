import { bigint, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, instant, livemode, merchantId } from "./columns.ts";

/** A link of the hash chain over the audit log: it names each entry that it covers, and the link before it. */
export const auditSeals = pgTable(
  "audit_seals",
  {
    merchantId: merchantId(),
    livemode: livemode(),
    number: bigint("number", { mode: "number" }).notNull(),
    /** Covers entries recorded after the seal before this one, up to and including this moment. */
    through: instant("through").notNull(),
    /** Id and SHA-256 (hex) of each covered entry in the order of recording: what tells which one was touched. */
    entries: jsonb("entries").$type<readonly (readonly [id: string, digest: string])[]>().notNull(),
    /** SHA-256 over the previous hash and the entries; hex. */
    hash: text("hash").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.merchantId, t.livemode, t.number] })],
);
