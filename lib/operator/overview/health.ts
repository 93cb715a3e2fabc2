import { sql } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { durationBoundsMs } from "#lib/channel-accounts/note-calls";
import { idsFrom, newMerchantId } from "#lib/kernel/ids";

export interface AccountHealth {
  readonly id: string;
  readonly merchant: { readonly id: string; readonly name: string };
  readonly channel: string;
  readonly label: string;
  readonly isEnabled: boolean;
  readonly methods: readonly MethodHealth[];
  readonly calls: {
    readonly answered: number;
    readonly lost: number;
    /** Milliseconds, upper bound of the bucket it falls into; undefined without a call, or beyond the last bound. */
    readonly p50: number | undefined;
    readonly p95: number | undefined;
  };
  readonly state: HealthState;
}

export interface MethodHealth {
  readonly method: string;
  readonly attempts: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Without an answer of the provider although one was due. */
  readonly unknown: number;
}

/** `quiet`: nobody tried, so nothing can be said. */
export type HealthState = "good" | "watch" | "bad" | "quiet";

interface AttemptRow extends Record<string, unknown> {
  readonly merchant_id: string;
  readonly merchant_name: string;
  readonly account_id: string;
  readonly channel: string;
  readonly label: string;
  readonly status: string;
  readonly method: string | null;
  readonly attempts: string;
  readonly succeeded: string;
  readonly failed: string;
  readonly unknown: string;
}

interface CallRow extends Record<string, unknown> {
  readonly account_id: string;
  readonly answered: string;
  readonly lost: string;
  readonly durations: readonly (number | string)[];
}

/** Fewer decided attempts say nothing about an account. */
const leastDecided = 5;
const watchBelow = 0.85;
const badBelow = 0.6;
const watchLost = 0.02;
const badLost = 0.2;

/** Of every channel account: what shoppers' tries came to, and how the provider answered, in the last minutes. */
export async function channelHealth(input: {
  livemode: boolean;
  minutes: number;
  now: Date;
}): Promise<AccountHealth[]> {
  const since = new Date(input.now.getTime() - input.minutes * 60_000);
  const [attempts, calls] = await Promise.all([
    attemptsSince(input.livemode, since),
    callsSince(input.livemode, since),
  ]);
  const callsOf = new Map(calls.map((row) => [row.account_id, row]));
  const byAccount = Map.groupBy(attempts, (row) => row.account_id);
  return [...byAccount.values()].flatMap((rows) => {
    const [first] = rows;
    return first ? [healthOf(first, rows, callsOf.get(first.account_id))] : [];
  });
}

/** What an id holds between the merchant's key and its random end: the moment that it was made. */
function timeInIds(at: Date): string {
  return idsFrom("attempt", newMerchantId(), at).slice("att_".length + 8);
}

async function attemptsSince(livemode: boolean, since: Date): Promise<readonly AttemptRow[]> {
  return operatorDatabase().execute<AttemptRow>(sql`
    select c.merchant_id, m.name as merchant_name, c.id as account_id, c.channel, c.label, c.status, a.method,
      count(a.id) as attempts,
      count(a.id) filter (where a.status in ('succeeded', 'authorized')) as succeeded,
      count(a.id) filter (where a.status = 'failed') as failed,
      count(a.id) filter (where a.status = 'unknown') as unknown
    from merchants m
    join channel_accounts c on c.merchant_id = m.merchant_id and c.livemode = ${livemode}
    left join lateral (
      select id, method, status from attempts
      where merchant_id = m.merchant_id and livemode = ${livemode} and channel_account_id = c.id
        and id >= 'att_' || substr(m.merchant_id, 5) || ${timeInIds(since)}::text) a on true
    group by 1, 2, 3, 4, 5, 6, 7`);
}

async function callsSince(livemode: boolean, since: Date): Promise<readonly CallRow[]> {
  return operatorDatabase().execute<CallRow>(sql`
    select c.channel_account_id as account_id, sum(c.answered) as answered, sum(c.lost) as lost,
      array(select sum(d.count)::int from channel_calls x, unnest(x.durations) with ordinality d(count, place)
        where x.merchant_id = c.merchant_id and x.channel_account_id = c.channel_account_id
          and x.minute >= ${since.toISOString()}::timestamptz group by d.place order by d.place) as durations
    from channel_calls c
    where c.livemode = ${livemode} and c.minute >= ${since.toISOString()}::timestamptz
    group by c.merchant_id, c.channel_account_id`);
}

function healthOf(first: AttemptRow, rows: readonly AttemptRow[], calls: CallRow | undefined): AccountHealth {
  const methods = rows
    .filter((row) => row.method !== null && Number(row.attempts) > 0)
    .map((row) => ({
      method: row.method ?? "",
      attempts: Number(row.attempts),
      succeeded: Number(row.succeeded),
      failed: Number(row.failed),
      unknown: Number(row.unknown),
    }));
  const durations = (calls?.durations ?? []).map(Number);
  const answered = Number(calls?.answered ?? 0);
  const lost = Number(calls?.lost ?? 0);
  return {
    id: first.account_id,
    merchant: { id: first.merchant_id, name: first.merchant_name },
    channel: first.channel,
    label: first.label,
    isEnabled: first.status === "enabled",
    methods,
    calls: { answered, lost, p50: percentile(durations, 0.5), p95: percentile(durations, 0.95) },
    state: stateOf(methods, answered, lost),
  };
}

/** The worse of what shoppers got and of what the provider answered. */
export function stateOf(methods: readonly MethodHealth[], answered: number, lost: number): HealthState {
  const succeeded = methods.reduce((sum, { succeeded: count }) => sum + count, 0);
  const decided = succeeded + methods.reduce((sum, { failed, unknown }) => sum + failed + unknown, 0);
  const share = decided >= leastDecided ? succeeded / decided : undefined;
  const lostShare = answered + lost > 0 ? lost / (answered + lost) : undefined;
  if (share === undefined && lostShare === undefined) return "quiet";
  if ((share ?? 1) < badBelow || (lostShare ?? 0) > badLost) return "bad";
  return (share ?? 1) < watchBelow || (lostShare ?? 0) > watchLost ? "watch" : "good";
}

/** The bound of the bucket in which the share of all calls is reached. */
export function percentile(counts: readonly number[], share: number): number | undefined {
  const all = counts.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (const [index, count] of counts.entries()) {
    seen += count;
    if (all > 0 && seen >= all * share) return durationBoundsMs[index];
  }
  return undefined;
}
