import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { eq } from "drizzle-orm";
import { wechatpayAccounts } from "#db/schema/sim-wechatpay";
import type { SimulatorDb } from "#db/simulator-client";
import { platformCertificate } from "./certificate.ts";
import { newDigits, newNonce } from "./signature.ts";
import { compactTime, dayMs } from "./wire-time.ts";

const newKeyPair = promisify(generateKeyPair);

export type AccountRow = typeof wechatpayAccounts.$inferSelect;

/** An account with its keys parsed. */
export interface Account extends AccountRow {
  readonly merchantKey: KeyObject;
  readonly platformKey: KeyObject;
}

/** How long a platform certificate is valid. @see APIv3 「平台证书」 */
const certificateLifeMs = 5 * 365 * dayMs;

/** Opens an account. The merchant's private key is handed out here and not kept. */
export async function openAccount(db: SimulatorDb, label: string, now: Date): Promise<Record<string, string>> {
  const [merchant, platform] = await Promise.all([
    newKeyPair("rsa", { modulusLength: 2048 }),
    newKeyPair("rsa", { modulusLength: 2048 }),
  ]);
  const mchid = `16${newDigits(8)}`;
  const appid = `wx${randomBytes(8).toString("hex")}`;
  const merchantSerialNo = newSerialNo();
  const certificateSerialNo = newSerialNo();
  const apiv3Key = newNonce(32);
  const platformPublicKeyId = `PUB_KEY_ID_01${mchid}${compactTime(now).slice(0, 8)}00${newDigits(12)}`;
  const until = new Date(now.getTime() + certificateLifeMs);
  await db.insert(wechatpayAccounts).values({
    mchid,
    appid,
    label,
    merchantSerialNo,
    merchantPublicKey: pem(merchant.publicKey, "spki"),
    apiv3Key,
    platformPublicKeyId,
    platformPrivateKey: pem(platform.privateKey, "pkcs8"),
    certificateSerialNo,
    certificate: platformCertificate(platform.privateKey, certificateSerialNo, now, until),
    createdAt: now,
  });
  return {
    mchid,
    appid,
    serial_no: merchantSerialNo,
    private_key: pem(merchant.privateKey, "pkcs8"),
    certificate: platformCertificate(merchant.privateKey, merchantSerialNo, now, until),
    apiv3_key: apiv3Key,
    platform_public_key: pem(platform.publicKey, "spki"),
    platform_public_key_id: platformPublicKeyId,
  };
}

/** Finds accounts by their number. They never change, so a found one is kept in memory with its parsed keys. */
export function accountFinder(db: SimulatorDb): (mchid: string) => Promise<Account | undefined> {
  const known = new Map<string, Account>();
  return async (mchid) => {
    const found = known.get(mchid);
    if (found) return found;
    const [row] = await db.select().from(wechatpayAccounts).where(eq(wechatpayAccounts.mchid, mchid));
    if (!row) return undefined;
    const account = {
      ...row,
      merchantKey: createPublicKey(row.merchantPublicKey),
      platformKey: createPrivateKey(row.platformPrivateKey),
    };
    if (known.size >= 2000) known.clear();
    known.set(mchid, account);
    return account;
  };
}

export function certificateValidity(account: AccountRow): { from: Date; until: Date } {
  return { from: account.createdAt, until: new Date(account.createdAt.getTime() + certificateLifeMs) };
}

/** Twenty bytes in upper hex that begin with neither a zero nor a one bit, so that every reader writes it the same. */
function newSerialNo(): string {
  const bytes = randomBytes(20);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString("hex").toUpperCase();
}

function pem(key: KeyObject, type: "spki" | "pkcs8"): string {
  return key.export({ type, format: "pem" } as { type: "spki"; format: "pem" }).toString();
}
