import { OpenAPIHono } from "@hono/zod-openapi";
import { Hono } from "hono";
import type { ApiEnv } from "../env.ts";
import { alerts } from "./alerts.ts";
import { applications } from "./applications.ts";
import { approvals } from "./approvals.ts";
import { channels } from "./channels.ts";
import { custody } from "./custody.ts";
import { errorCases } from "./error-cases.ts";
import { impersonations } from "./impersonations.ts";
import { knowledge } from "./knowledge.ts";
import { lists } from "./lists.ts";
import { log } from "./log.ts";
import { me } from "./me.ts";
import { merchants } from "./merchants.ts";
import { operators } from "./operators.ts";
import { orders } from "./orders.ts";
import { overview } from "./overview.ts";
import { parameters } from "./parameters.ts";
import { platformAccounts } from "./platform-accounts.ts";
import { selfCheck } from "./self-check.ts";
import { ticketFiles } from "./ticket-files.ts";
import { tickets } from "./tickets.ts";

/** Every resource of the console; a new one is a file and a line here. */
const operatorResources = [
  selfCheck,
  overview,
  channels,
  platformAccounts,
  alerts,
  orders,
  lists,
  approvals,
  parameters,
  log,
  tickets,
  errorCases,
  knowledge,
  impersonations,
  operators,
  me,
  merchants,
  applications,
  custody,
] as const;

/** Routes of the console whose body is a file and no JSON. */
const operatorUploads = [ticketFiles] as const;

/** Has to come before the rule that every body is JSON. */
export function addOperatorUploads(app: OpenAPIHono<ApiEnv>): void {
  for (const part of operatorUploads) addUndocumented(app, part);
}

/** Adds the console's routes, with a document of their own: no merchant's program may call them. */
export function addOperatorRoutes(app: OpenAPIHono<ApiEnv>): void {
  const documented = new OpenAPIHono<ApiEnv>();
  for (const part of operatorUploads) documented.route("/", part);
  for (const part of operatorResources) {
    documented.route("/", part);
    addUndocumented(app, part);
  }
  app.get("/v1/operator/openapi.json", (c) =>
    c.json(
      documented.getOpenAPI31Document({
        openapi: "3.1.0",
        info: { title: "GlobalPayLink operator console", version: "1" },
      }),
    ),
  );
}

/** As plain routes: OpenAPIHono's own `route` would write them into the merchants' document. */
function addUndocumented(app: OpenAPIHono<ApiEnv>, part: OpenAPIHono<ApiEnv>): void {
  Hono.prototype.route.call(app, "/", part as unknown as Hono);
}
