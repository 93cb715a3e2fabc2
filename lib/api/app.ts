import { OpenAPIHono } from "@hono/zod-openapi";
import { AppError } from "#lib/kernel/errors";
import { processWide } from "#lib/kernel/globals";
import { isTracing } from "#lib/kernel/tracing";
import { analytics } from "./analytics.ts";
import { apiKeys } from "./api-keys.ts";
import { application, applicationFiles } from "./application.ts";
import { articles } from "./articles.ts";
import { audit } from "./audit.ts";
import { balances } from "./balances.ts";
import { channelAccounts } from "./channel-accounts.ts";
import { checkout } from "./checkout.ts";
import type { ApiEnv } from "./env.ts";
import { exports } from "./exports.ts";
import { health } from "./health.ts";
import { lists } from "./lists.ts";
import { maintenance } from "./maintenance.ts";
import { me } from "./me.ts";
import { measureRequest, metrics } from "./metrics.ts";
import { identifyRequest, requireJsonBody } from "./middleware/request.ts";
import { traceRequest } from "./middleware/trace-request.ts";
import { negotiateVersion } from "./middleware/version.ts";
import { notify } from "./notify.ts";
import { addOperatorRoutes, addOperatorUploads } from "./operator/app.ts";
import { orders } from "./orders.ts";
import { pageReports } from "./page-reports.ts";
import { passkeys } from "./passkeys.ts";
import { privacy } from "./privacy.ts";
import { answerError } from "./problem.ts";
import { refunds } from "./refunds.ts";
import { requestLogs } from "./request-logs.ts";
import { roles } from "./roles.ts";
import { savedViews } from "./saved-views.ts";
import { search } from "./search.ts";
import { settings } from "./settings.ts";
import { sso } from "./sso.ts";
import { ssoSignIn } from "./sso-sign-in.ts";
import { team } from "./team.ts";
import { testClock } from "./test-clock.ts";
import { testMode } from "./test-mode.ts";
import { ticketFiles } from "./ticket-files.ts";
import { tickets } from "./tickets.ts";
import { transactions } from "./transactions.ts";
import { visitors } from "./visitors.ts";
import { webhooks } from "./webhooks.ts";

/** Every resource of /v1; a new one is a file and a line here. */
export const resources = [
  orders,
  refunds,
  balances,
  transactions,
  exports,
  analytics,
  search,
  savedViews,
  webhooks,
  apiKeys,
  audit,
  roles,
  requestLogs,
  channelAccounts,
  lists,
  maintenance,
  settings,
  team,
  sso,
  privacy,
  tickets,
  articles,
  application,
  testMode,
  testClock,
] as const;

/** Routes whose body is a file and no JSON. */
const uploads = [ticketFiles, applicationFiles] as const;

const document = {
  openapi: "3.1.0",
  info: {
    title: "GlobalPayLink API",
    version: "1",
    description: "Orders, refunds, balances and webhooks. Amounts are integer minor units; times are RFC 3339 in UTC.",
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
  },
} as const;

function build(): OpenAPIHono<ApiEnv> {
  const app = new OpenAPIHono<ApiEnv>();
  app.onError(answerError);
  app.notFound((c) => answerError(new AppError("not_found", "route_not_found"), c));
  app.use(measureRequest);
  if (isTracing()) app.use(traceRequest);
  app.use(identifyRequest);
  app.route("/", health);
  app.route("/", metrics);
  app.route("/", notify);
  app.route("/", pageReports);
  app.use("/v1/*", negotiateVersion);
  for (const part of uploads) app.route("/", part);
  addOperatorUploads(app);
  app.use("/v1/*", requireJsonBody);
  app.route("/", checkout);
  app.route("/", visitors);
  app.route("/", me);
  app.route("/", passkeys);
  app.route("/", ssoSignIn);
  addOperatorRoutes(app);
  for (const part of resources) app.route("/", part);
  app.openAPIRegistry.registerComponent("securitySchemes", "bearer", { type: "http", scheme: "bearer" });
  app.doc31("/v1/openapi.json", document);
  return app;
}

/** The HTTP surface of the product, the same whether node:http or Next hands it the request. */
export function createApi(): OpenAPIHono<ApiEnv> {
  return processWide("api", build);
}
