import { operatorDatabase } from "#db/operator-database";
import { listPageFindings } from "#lib/page-security/list-findings";
import { selfCheck, type ToldFinding } from "#lib/self-check/self-check";
import type { OperatorContext } from "./context.ts";

export interface PlatformCheck {
  readonly findings: readonly ToldFinding[];
  readonly pages: Awaited<ReturnType<typeof listPageFindings>>;
}

/** What is misconfigured or left undone, in the operator's language, and what the watch over the payment pages has seen. */
export async function checkPlatform(octx: OperatorContext): Promise<PlatformCheck> {
  const [findings, pages] = await Promise.all([selfCheck(operatorDatabase(), octx.locale), listPageFindings()]);
  return { findings, pages };
}
