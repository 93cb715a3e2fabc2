import { asOf } from "./balance.ts";
import { invalidRequest } from "./errors.ts";
import { objectsById, type Reader } from "./store.ts";
import type { BalanceTransaction } from "./wire.ts";

const maxDepth = 4;

type Json = Record<string, unknown>;

/** Which members hold the id of another object. */
const expandable = new Set([
  "balance_transaction",
  "charge",
  "failure_balance_transaction",
  "latest_charge",
  "payment_intent",
  "payment_method",
  "source",
]);

/**
 * Replaces ids by their objects along paths like `latest_charge.balance_transaction`, in lists `data.latest_charge`. One
 * query a step.
 *
 * @throws StripeError when a path names nothing that can be expanded, or is deeper than four steps
 */
export async function expandPaths(
  db: Reader,
  accountId: string,
  body: object,
  paths: readonly string[],
  now: Date,
): Promise<object> {
  if (paths.length === 0) return body;
  const copy = structuredClone(body) as Json;
  for (const path of paths) {
    const steps = path.split(".");
    if (steps.length > maxDepth)
      throw invalidRequest("You cannot expand more than 4 levels of a property.", { param: "expand" });
    let targets: Json[] = [copy];
    for (const step of steps) targets = await descend(db, accountId, targets, step, now);
  }
  return copy;
}

async function descend(db: Reader, accountId: string, targets: Json[], step: string, now: Date): Promise<Json[]> {
  if (step === "data") return targets.flatMap((target) => (Array.isArray(target.data) ? (target.data as Json[]) : []));
  if (targets.length > 0 && !(expandable.has(step) && targets.some((target) => step in target))) {
    throw invalidRequest(`This property cannot be expanded (${step}).`, { param: "expand" });
  }
  const ids = targets.map((target) => target[step]).filter((value) => typeof value === "string");
  const found = await objectsById(db, accountId, [...new Set(ids)]);
  const reached: Json[] = [];
  for (const target of targets) {
    const value = target[step];
    const object = typeof value === "string" ? found.get(value) : value;
    if (typeof object !== "object" || object === null) continue;
    const shown = isBalanceTransaction(object) ? asOf(object, now) : object;
    target[step] = shown;
    reached.push(shown as Json);
  }
  return reached;
}

function isBalanceTransaction(object: object): object is BalanceTransaction {
  return "object" in object && object.object === "balance_transaction";
}
