import { openContext } from "#db/tenancy";
import type { Permission, RoleName } from "#lib/access/permissions";
import { randomToken } from "#lib/kernel/ids";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { merchantsOpenTo, readSession, type Session } from "./session.ts";

/** What a dashboard page needs to know before its first request: who looks, at which merchant, with which rights. */
export interface Dashboard {
  readonly person: Session;
  readonly role: RoleName;
  /** Of a role that the merchant made. */
  readonly roleName: string | undefined;
  readonly permissions: readonly Permission[];
  readonly merchant: {
    readonly id: string;
    readonly name: string;
    /** IANA name. */
    readonly timeZone: string;
    readonly feeReturnedOnRefund: boolean;
    /** How far test mode's clock is ahead of the real one; negative while a demo merchant's past is being made. */
    readonly testOffsetMs: number;
  };
  /** Every merchant that the person may switch to. */
  readonly merchants: readonly { readonly id: string; readonly name: string }[];
}

/**
 * Reads the session's cookie and opens the merchant that was looked at last, or the first.
 *
 * @returns undefined when nobody is signed in, or a person who belongs to no merchant
 */
export async function openDashboard(
  cookieHeader: string | null,
  wantedMerchant: string | undefined,
): Promise<Dashboard | undefined> {
  const person = await readSession(cookieHeader);
  if (!person) return undefined;
  const memberships = await merchantsOpenTo(person);
  const membership = memberships.find((entry) => entry.merchantId === wantedMerchant) ?? memberships[0];
  if (!membership) return undefined;
  const ctx = openContext({
    merchantId: membership.merchantId,
    livemode: false,
    actor: { type: "user", id: person.userId },
    requestId: `req_${randomToken(20)}`,
  });
  const { name, timeZone, settings, testClockOffsetMs: testOffsetMs } = await loadMerchant(ctx);
  return {
    person,
    role: membership.role,
    roleName: membership.roleName,
    permissions: [...membership.permissions],
    merchant: {
      id: membership.merchantId,
      name,
      timeZone,
      feeReturnedOnRefund: settings.feeReturnedOnRefund,
      testOffsetMs,
    },
    merchants: memberships.map((entry) => ({ id: entry.merchantId, name: entry.merchantName })),
  };
}
