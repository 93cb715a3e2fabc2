import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import type { SimulatorDb } from "#db/simulator-client";
import { log } from "#lib/kernel/log";
import type { SimulatorDependencies } from "../simulator.ts";
import { commands } from "./commands.ts";
import { cardFramePage } from "./elements/page.ts";
import { invalidRequest } from "./errors.ts";
import { createGateway, NoAnswer } from "./gateway.ts";
import { queries } from "./queries.ts";
import { shopperRoutes } from "./shopper.ts";

const maxBodyBytes = 1_000_000;

/** The provider's HTTP surface: the API under /v1, the card frame, and what the test bank's page talks to. */
export function createApp(dependencies: SimulatorDependencies & { db: SimulatorDb }): Hono {
  const app = new Hono();
  const { command, query, refuse } = createGateway(dependencies);
  app.onError((error, c) => {
    if (!(error instanceof NoAnswer)) log.error({ err: error }, "simulated provider failed");
    return c.body(null, 500);
  });

  app.use(
    "/v1/*",
    bodyLimit({ maxSize: maxBodyBytes, onError: (c) => refuse(c, invalidRequest("Request body too large.")) }),
  );
  // The only call that a browser makes; its key is public, so any page may make it.
  app.use(
    "/v1/payment_methods",
    cors({ origin: "*", allowMethods: ["POST"], exposeHeaders: ["request-id"], maxAge: 600 }),
  );

  app.post("/v1/payment_methods", command(commands.createPaymentMethod));
  app.get("/v1/payment_methods/:id", query(queries.retrieve("payment_method", "query")));

  app.post("/v1/payment_intents", command(commands.createPaymentIntent));
  app.get("/v1/payment_intents", query(queries.listPaymentIntents));
  app.get("/v1/payment_intents/search", query(queries.searchPaymentIntents));
  app.get("/v1/payment_intents/:id", query(queries.retrieve("payment_intent", "query")));
  app.post("/v1/payment_intents/:id/confirm", command(commands.confirmPaymentIntent));
  app.post("/v1/payment_intents/:id/capture", command(commands.capturePaymentIntent));
  app.post("/v1/payment_intents/:id/cancel", command(commands.cancelPaymentIntent));

  app.get("/v1/charges", query(queries.listCharges));
  app.get("/v1/charges/:id", query(queries.retrieve("charge", "query")));

  app.post("/v1/refunds", command(commands.createRefund));
  app.get("/v1/refunds", query(queries.listRefunds));
  app.get("/v1/refunds/:id", query(queries.retrieve("refund", "query_refund")));

  app.get("/v1/disputes", query(queries.listDisputes));
  app.get("/v1/disputes/:id", query(queries.retrieve("dispute", "query")));

  app.get("/v1/balance_transactions", query(queries.listBalanceTransactions));
  app.get("/v1/balance_transactions/:id", query(queries.retrieve("balance_transaction", "statement")));

  app.get("/v1/events", query(queries.listEvents));
  app.get("/v1/events/:id", query(queries.retrieveEvent));

  app.post("/v1/webhook_endpoints", command(commands.createWebhookEndpoint));
  app.get("/v1/webhook_endpoints", query(queries.listWebhookEndpoints));
  app.get("/v1/webhook_endpoints/:id", query(queries.retrieveWebhookEndpoint));
  app.delete("/v1/webhook_endpoints/:id", command(commands.deleteWebhookEndpoint));

  app.get("/elements/card", cardFramePage(dependencies));
  app.route("/shopper", shopperRoutes(dependencies));

  app.all("/v1/*", (c) =>
    refuse(c, invalidRequest(`Unrecognized request URL (${c.req.method}: ${c.req.path}).`, {}, 404)),
  );
  return app;
}
