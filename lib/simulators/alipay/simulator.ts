import { Hono } from "hono";
import type { SimulatorDb } from "#db/simulator-client";
import { log } from "#lib/kernel/log";
import { NothingToAct, type Simulator, type SimulatorDependencies, setFault } from "../simulator.ts";
import { Accounts } from "./accounts.ts";
import { billDownload, billPath } from "./bill.ts";
import { deliverDue } from "./deliver.ts";
import { listFaults, replaceFaults } from "./faults.ts";
import { gateway } from "./gateway.ts";
import { payDue } from "./pay-trade.ts";
import type { Provider } from "./provider.ts";
import { refundDue } from "./refunds.ts";
import { BodyTooLarge } from "./request.ts";
import { actOn, shopperRoutes } from "./shopper.ts";
import { simulatedPayment } from "./simulated-payment.ts";
import { findTrade } from "./trades.ts";

function httpSurface(provider: Provider): Hono {
  const app = new Hono();
  app.on(["GET", "POST"], "/gateway.do", (c) => gateway(c, provider));
  app.get(billPath, async (c) => {
    const zip = await billDownload(provider, c.req.query("token") ?? "");
    if (!zip) return c.text("The download address is not valid any more", 403);
    return c.body(new Uint8Array(zip), 200, { "content-type": "application/zip" });
  });
  app.route("/shopper", shopperRoutes(provider));
  app.onError((error, c) => {
    if (error instanceof BodyTooLarge) return c.body(null, 413);
    log.debug({ err: error }, "Alipay simulator gave no answer");
    return c.body(null, 500);
  });
  return app;
}

/** Alipay's open platform (v2 gateway) for one country and one currency: China, CNY. */
export function createAlipaySimulator(dependencies: SimulatorDependencies & { db: SimulatorDb }): Simulator {
  const { db, clock } = dependencies;
  const provider: Provider = {
    db,
    clock,
    publicUrl: dependencies.publicUrl.replace(/\/$/, ""),
    accounts: new Accounts(db),
  };
  return {
    name: "alipay",
    app: httpSurface(provider),
    provision: ({ label }) => provider.accounts.open(label, clock.now()),
    async setFaults(credentials, faults) {
      const account = await provider.accounts.require(credentials);
      await replaceFaults(provider, account.appId, faults);
    },
    async faults(credentials) {
      const account = await provider.accounts.require(credentials);
      return (await listFaults(provider.db, account.appId)).map(setFault);
    },
    async act(credentials, reference, act) {
      const account = await provider.accounts.require(credentials);
      const trade = await actOn(provider, account, { appId: account.appId, outTradeNo: reference }, act);
      if (!trade) throw new NothingToAct(`no such trade: ${reference}`);
      return simulatedPayment(provider, trade);
    },
    async payment(credentials, reference) {
      const account = await provider.accounts.require(credentials);
      const trade = await findTrade(db, account.appId, reference);
      return trade && simulatedPayment(provider, trade);
    },
    async runDue() {
      const paid = await payDue(provider);
      const refunded = await refundDue(provider);
      return paid + refunded + (await deliverDue(provider));
    },
  };
}
