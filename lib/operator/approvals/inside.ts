import { createHash } from "node:crypto";
import type { Tx } from "#db/tenancy";
import type { OperatorContext, OperatorTx } from "../context.ts";
import { type Deed, recordDeed, recordHiddenDeedAt } from "../record.ts";
import type { ApprovalKind, Facts } from "./kind.ts";

/** Where a proposal's deed belongs; undefined for the platform itself. */
export interface Place {
  readonly merchantId: string;
  readonly livemode: boolean;
}

/** A transaction of the operators' role in which the platform's tables and, at a merchant, that merchant's can be written. */
export interface Inside {
  readonly db: Tx["db"] | OperatorTx["db"];
  readonly now: Date;
  look(kind: ApprovalKind, payload: unknown): Promise<Facts>;
  carryOut(kind: ApprovalKind, payload: unknown): Promise<Facts>;
  /** Into the operators' log alone: what was only proposed is no merchant's business. */
  record(deed: Deed): Promise<void>;
}

/** Opens the one transaction in which a proposal is made or decided. */
export function inside<T>(
  octx: OperatorContext,
  place: Place | undefined,
  work: (inside: Inside) => Promise<T>,
): Promise<T> {
  if (place) {
    return octx.at(place.merchantId, place.livemode).transaction((tx) =>
      work({
        db: tx.db,
        now: tx.now,
        look: (kind, payload) => {
          if (kind.scope !== "merchant") throw new RangeError(`${kind.kind} is no merchant's`);
          return kind.look(tx, payload, octx);
        },
        carryOut: (kind, payload) => {
          if (kind.scope !== "merchant") throw new RangeError(`${kind.kind} is no merchant's`);
          return kind.carryOut(tx, payload, octx);
        },
        record: (deed) => recordHiddenDeedAt(octx, tx, deed),
      }),
    );
  }
  return octx.transaction((tx) =>
    work({
      db: tx.db,
      now: tx.now,
      look: (kind, payload) => {
        if (kind.scope !== "platform") throw new RangeError(`${kind.kind} needs a merchant`);
        return kind.look(tx, payload, octx);
      },
      carryOut: (kind, payload) => {
        if (kind.scope !== "platform") throw new RangeError(`${kind.kind} needs a merchant`);
        return kind.carryOut(tx, payload, octx);
      },
      record: (deed) => recordDeed(tx, deed),
    }),
  );
}

/** Names a state of facts: who decides sends back the version that he saw. */
export function versionOf(facts: Facts): string {
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 16);
}
