import { openShop, ShopSetupError } from "./open-shop.ts";

try {
  const { url } = await openShop({
    platformUrl: process.env.PAYLINK_URL ?? "http://localhost:3000",
    key: process.env.PAYLINK_KEY ?? "",
    webhookSecret: process.env.PAYLINK_WEBHOOK_SECRET,
    port: Number(process.env.SHOP_PORT ?? 3200),
    publicUrl: process.env.SHOP_URL,
  });
  process.stdout.write(`The shop is open: ${url}\nCtrl-C closes it.\n`);
} catch (error) {
  if (!(error instanceof ShopSetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
