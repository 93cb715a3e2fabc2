import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Platform, PlatformError } from "./platform.ts";
import { createShop, eventTypes } from "./shop.ts";

export interface ShopSettings {
  readonly platformUrl: string;
  readonly key: string;
  /** Without one the shop registers its webhook endpoint by itself. */
  readonly webhookSecret?: string | undefined;
  /** 0 takes any free port. */
  readonly port: number;
  /** Where browsers and the platform reach the shop, when that is not this machine. */
  readonly publicUrl?: string | undefined;
}

/** A setting is wrong or missing; the message says what to do. */
export class ShopSetupError extends Error {}

/** Starts the shop and answers with its address. @throws ShopSetupError */
export async function openShop(settings: ShopSettings): Promise<{ readonly url: string; readonly server: Server }> {
  if (!settings.key.startsWith("sk_test_")) {
    throw new ShopSetupError(
      "Set PAYLINK_KEY to a test key (sk_test_…). npm run up prints one; while it runs, npm run shop finds it by itself.",
    );
  }
  const platform = new Platform(settings.platformUrl, settings.key);
  let url = settings.publicUrl?.replace(/\/$/, "") ?? "";
  let secret = settings.webhookSecret ?? "";
  // The address is known only when the port is; nobody orders before it is printed.
  const server = createShop({ platform, url: () => url, webhookSecret: () => secret });
  server.listen(settings.port, settings.publicUrl ? undefined : "127.0.0.1");
  await once(server, "listening");
  url ||= `http://localhost:${(server.address() as AddressInfo).port}`;
  try {
    secret ||= await platform.webhookSecret(`${url}/webhooks`, eventTypes);
  } catch (error) {
    server.close();
    throw new ShopSetupError(reasonOf(error, settings.platformUrl), { cause: error });
  }
  return { url, server };
}

function reasonOf(error: unknown, platformUrl: string): string {
  if (!(error instanceof PlatformError)) {
    return `${platformUrl} does not answer. Start the platform with "npm run up", or set PAYLINK_URL to where it runs.`;
  }
  if (error.code === "webhook_url_refused") {
    return "The platform delivers webhooks to public addresses only. Start it with WEBHOOK_ALLOW_ADDRESSES=127.0.0.1/32 when both run on this machine, or give SHOP_URL an address that it can reach.";
  }
  return `The platform refused: ${error.message} (${error.code})`;
}
