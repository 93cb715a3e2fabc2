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

export interface Look {
  readonly db: Reader;
  readonly accountId: string;
  readonly now: Date;
  /** Objects that the same call has changed and not yet written. */
  readonly changed?: (id: string) => unknown;
}

/**
 * Replaces ids by their objects along paths like `latest_charge.balance_transaction`, in lists `data.latest_charge`. One
 * query a step at most.
 *
 * @throws StripeError when a path names nothing that can be expanded, or is deeper than four steps
 */
export async function expandPaths(look: Look, body: object, paths: readonly string[]): Promise<object> {
  if (paths.length === 0) return body;
  const copy = structuredClone(body) as Json;
  for (const path of paths) {
    const steps = path.split(".");
    if (steps.length > maxDepth) {
      throw invalidRequest("You cannot expand more than 4 levels of a property.", { param: "expand" });
    }
    let targets: Json[] = [copy];
    for (const step of steps) targets = await descend(look, targets, step);
  }
  return copy;
}

async function descend(look: Look, targets: Json[], step: string): Promise<Json[]> {
  if (step === "data") return targets.flatMap((target) => (Array.isArray(target.data) ? (target.data as Json[]) : []));
  if (targets.length > 0 && !(expandable.has(step) && targets.some((target) => step in target))) {
    throw invalidRequest(`This property cannot be expanded (${step}).`, { param: "expand" });
  }
  const ids = new Set(targets.map((target) => target[step]).filter((value) => typeof value === "string"));
  const found = await objectsOf(look, [...ids]);
  const reached: Json[] = [];
  for (const target of targets) {
    const value = target[step];
    const object = typeof value === "string" ? found.get(value) : value;
    if (typeof object !== "object" || object === null) continue;
    const shown = isBalanceTransaction(object) ? asOf(object, look.now) : object;
    target[step] = shown;
    reached.push(shown as Json);
  }
  return reached;
}

async function objectsOf({ db, accountId, changed }: Look, ids: string[]): Promise<Map<string, unknown>> {
  const known = new Map(ids.map((id) => [id, structuredClone(changed?.(id))] as const).filter(([, body]) => body));
  const rest = ids.filter((id) => !known.has(id));
  return new Map([...known, ...(await objectsById(db, accountId, rest))]);
}

function isBalanceTransaction(object: object): object is BalanceTransaction {
  return "object" in object && object.object === "balance_transaction";
}
