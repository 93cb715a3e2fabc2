import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, randomInt } from "node:crypto";
import { promisify } from "node:util";
import { eq } from "drizzle-orm";
import { alipayAccounts } from "#db/schema/sim-alipay";
import type { SimulatorDb } from "#db/simulator-client";

const generate = promisify(generateKeyPair);

export interface Account {
  readonly appId: string;
  readonly sellerId: string;
  readonly label: string;
  readonly appPublicKey: KeyObject;
  readonly providerPrivateKey: KeyObject;
}

export function randomDigits(length: number): string {
  let text = "";
  while (text.length < length)
    text += randomInt(10 ** 12)
      .toString()
      .padStart(12, "0");
  return text.slice(0, length);
}

const maxCached = 1_000;

/** Accounts by app id. Rows never change, so prepared keys are kept for as long as the process lives. */
export class Accounts {
  readonly #db: SimulatorDb;
  readonly #cache = new Map<string, Account>();

  constructor(db: SimulatorDb) {
    this.#db = db;
  }

  async find(appId: string): Promise<Account | undefined> {
    const cached = this.#cache.get(appId);
    if (cached) return cached;
    const [row] = await this.#db.select().from(alipayAccounts).where(eq(alipayAccounts.appId, appId));
    if (!row) return undefined;
    const account: Account = {
      appId: row.appId,
      sellerId: row.sellerId,
      label: row.label,
      appPublicKey: createPublicKey(row.appPublicKey),
      providerPrivateKey: createPrivateKey(row.providerPrivateKey),
    };
    if (this.#cache.size >= maxCached) this.#cache.clear();
    this.#cache.set(appId, account);
    return account;
  }

  /** @throws Error when the credentials name no account here */
  async require(credentials: Readonly<Record<string, string>>): Promise<Account> {
    const account = await this.find(credentials.app_id ?? "");
    if (!account) throw new Error("no such Alipay app");
    return account;
  }

  /** Opens an app. Both key pairs are made here as the console's key tool would; the app's private half is not kept. */
  async open(label: string, now: Date): Promise<Record<string, string>> {
    const [app, provider] = await Promise.all([newKeyPair(), newKeyPair()]);
    const appId = `9021${randomDigits(12)}`;
    const sellerId = `2088${randomDigits(12)}`;
    await this.#db.insert(alipayAccounts).values({
      appId,
      sellerId,
      label,
      appPublicKey: app.publicKey,
      providerPrivateKey: provider.privateKey,
      createdAt: now,
    });
    return { app_id: appId, seller_id: sellerId, private_key: app.privateKey, alipay_public_key: provider.publicKey };
  }
}

function newKeyPair(): Promise<{ publicKey: string; privateKey: string }> {
  return generate("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}
