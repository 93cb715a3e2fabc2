import type { LiveStatus } from "#db/schema/merchants";
import { type Actor, openContext } from "#db/tenancy";
import type { Permission, RoleName } from "#lib/access/permissions";
import { randomToken } from "#lib/kernel/ids";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { visitBehind } from "#lib/operator/impersonation/visit";
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
    /** Why it may take nothing new; null while it may. */
    readonly suspension: { readonly reason: string; readonly at: string } | null;
    /** Live mode takes real money once it is `approved`. */
    readonly liveStatus: LiveStatus;
  };
  /** An operator who looks at the merchant's dashboard. */
  readonly visit?: {
    readonly id: string;
    readonly mayWrite: boolean;
    /** RFC 3339. */
    readonly expiresAt: string;
    readonly reason: string;
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
  if (!person) return openVisit(cookieHeader);
  const memberships = await merchantsOpenTo(person);
  const membership = memberships.find((entry) => entry.merchantId === wantedMerchant) ?? memberships[0];
  if (!membership) return undefined;
  return {
    person,
    role: membership.role,
    roleName: membership.roleName,
    permissions: [...membership.permissions],
    merchant: await openMerchant(membership.merchantId, { type: "user", id: person.userId }),
    merchants: memberships.map((entry) => ({ id: entry.merchantId, name: entry.merchantName })),
  };
}

/** The merchant whose dashboard an operator has open. */
async function openVisit(cookieHeader: string | null): Promise<Dashboard | undefined> {
  const visit = await visitBehind(cookieHeader);
  if (!visit) return undefined;
  const { operator, impersonation, permissions } = visit;
  const { id, aboutMerchant, mayWrite, expiresAt, reason } = impersonation;
  const merchant = await openMerchant(aboutMerchant, { type: "operator", id: operator.id });
  return {
    person: { id: "", userId: operator.id, name: operator.name, email: operator.email },
    role: mayWrite ? "admin" : "read_only",
    roleName: undefined,
    permissions: [...permissions],
    merchant,
    visit: { id, mayWrite, expiresAt: expiresAt.toISOString(), reason },
    merchants: [{ id: merchant.id, name: merchant.name }],
  };
}

async function openMerchant(merchantId: string, actor: Actor): Promise<Dashboard["merchant"]> {
  const ctx = openContext({ merchantId, livemode: false, actor, requestId: `req_${randomToken(20)}` });
  const { name, timeZone, settings, suspension, liveStatus, testClockOffsetMs: testOffsetMs } = await loadMerchant(ctx);
  const { feeReturnedOnRefund } = settings;
  return { id: merchantId, name, timeZone, feeReturnedOnRefund, testOffsetMs, suspension, liveStatus };
}
