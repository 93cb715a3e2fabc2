import { NotFound } from "#lib/kernel/errors";
import { approveMerchant } from "../applications/approve.ts";
import { allowChanges } from "../impersonation/impersonate.ts";
import { resumeMerchant } from "../merchants/resume.ts";
import { setLimits } from "../merchants/set-limits.ts";
import { refundKind, releaseKind } from "../orders/refund-order.ts";
import { setParameter } from "../parameters/set-parameter.ts";
import type { ApprovalKind } from "./kind.ts";

/** Every deed that needs two people. A new one is a file and a line here, and its text under `console.approvals.kinds`. */
const list: readonly ApprovalKind[] = [
  allowChanges,
  setParameter,
  approveMerchant,
  resumeMerchant,
  setLimits,
  refundKind,
  releaseKind,
];

const byName = new Map(list.map((kind) => [kind.kind, kind]));

/** @throws NotFound */
export function kindNamed(name: string): ApprovalKind {
  const kind = byName.get(name);
  if (!kind) throw new NotFound("approval_kind", "kind");
  return kind;
}
