import type { Account } from "#lib/access/account";
import { loadPerson } from "#lib/access/people";
import { NotFound } from "#lib/kernel/errors";
import { parameter } from "#lib/parameters/parameters";
import type { OperatorContext } from "../context.ts";
import { forgetOperator } from "../find-operator.ts";
import { recordDeed } from "../record.ts";

/** The operator's own account; what is done to it stands in the operators' log. */
export function operatorAccount(octx: OperatorContext): Account {
  const { id } = octx.operator;
  return {
    realm: "operator",
    id,
    visitor: { ip: octx.actor.ip ?? "unknown", locale: octx.locale, requestId: octx.requestId },
    async record(verb, deed, change) {
      const result = await octx.transaction(async (tx) => {
        await recordDeed(tx, { verb, objectId: id, ...(change && { change }) });
        return deed(tx.db);
      });
      forgetOperator(id);
      return result;
    },
  };
}

export interface OwnAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Whether the authenticator is asked for. */
  readonly hasTotp: boolean;
  readonly recoveryCodesLeft: number;
  /** The platform wants every operator to have a second factor. */
  readonly isFactorRequired: boolean;
}

export async function ownAccount(octx: OperatorContext): Promise<OwnAccount> {
  const person = await loadPerson({ realm: "operator", id: octx.operator.id });
  if (!person) throw new NotFound("operator");
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    hasTotp: person.totp_on,
    recoveryCodesLeft: person.totp_on ? person.recovery_codes : 0,
    isFactorRequired: await parameter("operator_second_factor_required"),
  };
}
