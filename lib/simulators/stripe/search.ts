import { type SQL, sql } from "drizzle-orm";
import { stripeObjects } from "#db/schema/sim-stripe";
import { invalidRequest } from "./errors.ts";
import { seconds } from "./wire.ts";

/**
 * Search reads an index that runs behind: the provider says not to use it to read what was just written, and that
 * objects appear within a minute. https://docs.stripe.com/search#data-freshness
 */
const indexDelayS = 10;

const clause =
  /^(-?)(?:(status|currency|amount|created)|metadata\[(?:"([^"]*)"|'([^']*)')\])(:|>=|<=|>|<)(?:"([^"]*)"|'([^']*)'|(\d+))$/;

/**
 * The query language as far as payment intents need it: clauses on metadata, status, currency, amount and created, joined
 * by AND or by OR but not both.
 *
 * @throws StripeError when the query can't be read
 */
export function searchConditions(query: string, now: Date): SQL[] {
  const isAny = /\sOR\s/.test(query);
  if (isAny && /\sAND\s/.test(query)) throw unreadable("AND and OR can't be combined");
  const parts = query.trim().split(isAny ? /\s+OR\s+/ : /\s+(?:AND\s+)?(?=(?:[^"']|"[^"]*"|'[^']*')*$)/);
  const conditions = parts.map((part) => conditionOf(part));
  const indexed = sql`${stripeObjects.created} <= ${seconds(now) - indexDelayS}`;
  return isAny ? [indexed, sql`(${sql.join(conditions, sql` or `)})`] : [indexed, ...conditions];
}

/** The merchant's reference that a query asks for, if it does. */
export function referenceIn(query: string): string | undefined {
  return /metadata\[["']reference["']\]:["']([^"']*)["']/.exec(query)?.[1];
}

function conditionOf(part: string): SQL {
  const match = clause.exec(part);
  if (!match) throw unreadable(part);
  const [, minus, field, key1, key2, operator = ":", text1, text2, number] = match;
  const value = text1 ?? text2 ?? number ?? "";
  const condition = compare(field, key1 ?? key2, operator, value);
  return minus ? sql`(${condition}) is not true` : condition;
}

function compare(field: string | undefined, key: string | undefined, operator: string, value: string): SQL {
  if (field === "amount" || field === "created") {
    const column =
      field === "created" ? sql`${stripeObjects.created}` : sql`(${stripeObjects.body}->>'amount')::bigint`;
    return sql`${column} ${sql.raw(operator === ":" ? "=" : operator)} ${Number(value)}`;
  }
  if (operator !== ":") throw unreadable(`${operator} needs a number`);
  if (field) return sql`${stripeObjects.body}->>${field} = ${value}`;
  if (key === "reference") return sql`${stripeObjects.reference} = ${value}`;
  return sql`${stripeObjects.body}->'metadata'->>${key ?? ""} = ${value}`;
}

function unreadable(part: string) {
  return invalidRequest(`The search query could not be parsed: ${part.slice(0, 100)}`, { param: "query" });
}
