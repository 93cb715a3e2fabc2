import { sql } from "drizzle-orm";
import { normalSideOf } from "#lib/ledger/accounts";
import { inNormalDirection, sidesAt } from "#lib/ledger/balance";
import type { OperatorContext } from "../context.ts";

export interface CustodyLine {
  /** `channel:alipay`, `bank`, or an account of what is owed. */
  readonly code: string;
  /** Channel accounts or merchants behind it. */
  readonly accounts: number;
  readonly balance: bigint;
}

/** Where merchants' money lies and to whom it belongs, for one mode and currency. */
export interface Custody {
  readonly livemode: boolean;
  readonly currency: string;
  /** At channels and banks. */
  readonly held: readonly CustodyLine[];
  /** Merchants', their customers' and receivers', and the tax office's. */
  readonly owed: readonly CustodyLine[];
  /** What is neither: our fees, less what channels took of us. */
  readonly own: bigint;
  /** Held less owed less own; anything but zero is a fault of the books. */
  readonly difference: bigint;
}

interface Row extends Record<string, unknown> {
  readonly livemode: boolean;
  readonly currency: string;
  readonly code: string;
  readonly channel: string | null;
  readonly accounts: string;
  readonly debits: string;
  readonly credits: string;
}

const ours = ["fee_income", "channel_cost", "fx_result", "dispute_cost", "write_off"] as const;

/**
 * Sums of every merchant's book, from its checkpoints: the custody principle is that what lies at channels and banks is
 * what is owed, account by account, and that no pool of the platform's stands between.
 */
export async function readCustody(octx: OperatorContext): Promise<Custody[]> {
  const rows = await octx.transaction(({ db }) =>
    db.execute<Row>(sql`
      select a.livemode, a.currency, split_part(a.code, ':', 1) as code, c.channel, count(*)::text as accounts,
        sum(sides.debits)::text as debits, sum(sides.credits)::text as credits
      from ledger_accounts a
      left join channel_accounts c on c.merchant_id = a.merchant_id and a.code = 'channel_clearing:' || c.id
      ${sidesAt()}
      group by 1, 2, 3, 4 order by 1 desc, 2, 3, 4`),
  );
  const worlds = Map.groupBy(rows, (row) => `${row.livemode} ${row.currency}`);
  return [...worlds.values()].map((world) => custodyOf(world));
}

function custodyOf(rows: readonly Row[]): Custody {
  const lines = rows.map((row) => ({
    family: row.code,
    code: row.code === "channel_clearing" ? `channel:${row.channel ?? "unknown"}` : row.code,
    accounts: Number(row.accounts),
    balance: inNormalDirection(accountOf(row.code), row),
  }));
  const isHeld = (family: string) => family === "channel_clearing" || family === "bank";
  const isOwn = (family: string) => ours.some((one) => one === family);
  const held = lines.filter(({ family }) => isHeld(family));
  const owed = lines.filter(({ family }) => !isHeld(family) && !isOwn(family));
  const own = lines
    .filter(({ family }) => isOwn(family))
    .reduce(
      (sum, { family, balance }) => sum + (normalSideOf(accountOf(family)) === "credit" ? balance : -balance),
      0n,
    );
  const total = (some: readonly CustodyLine[]) => some.reduce((sum, { balance }) => sum + balance, 0n);
  const [{ livemode, currency } = { livemode: false, currency: "" }] = rows;
  return { livemode, currency, held, owed, own, difference: total(held) - total(owed) - own };
}

/** A family's side is that of each of its members. */
function accountOf(code: string) {
  switch (code) {
    case "channel_clearing":
    case "bank":
    case "split_payable":
      return `${code}:any` as const;
    default:
      return code as Parameters<typeof normalSideOf>[0];
  }
}
