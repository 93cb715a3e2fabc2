import { and, eq, isNull, sql } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { operators } from "#db/schema/access";
import { readSession } from "#lib/access/session";
import { TimedCache } from "#lib/kernel/cache";
import { processWide } from "#lib/kernel/globals";
import { parameter } from "#lib/parameters/parameters";
import type { OperatorPerson } from "./context.ts";
import { permissionsOfOperator } from "./permissions.ts";

const known = processWide("operators", () => new TimedCache<OperatorPerson | undefined>({ ttlMs: 3_000, max: 1_000 }));

/** The operator; at most three seconds old, so that a changed role or the end of the job counts within that time. */
function operatorOf(id: string): Promise<OperatorPerson | undefined> {
  return known.get(id, async () => {
    const [row] = await operatorDatabase()
      .select({
        id: operators.id,
        name: operators.name,
        email: operators.email,
        role: operators.role,
        timeZone: operators.timeZone,
        hasSecondFactor: hasSecondFactor(),
      })
      .from(operators)
      .where(and(eq(operators.id, id), isNull(operators.endedAt)));
    return row && { ...row, permissions: permissionsOfOperator(row.role) };
  });
}

/** Asked of a function, as nobody's secrets can be read. */
export function hasSecondFactor() {
  return sql<boolean>`internal.has_second_factor('operator', ${operators.id})`;
}

/** Whether this operator has to set up a second factor before anything else. */
export async function mustEnrol(operator: OperatorPerson): Promise<boolean> {
  return !operator.hasSecondFactor && (await parameter("operator_second_factor_required"));
}

export function forgetOperator(id: string): void {
  known.forget(id);
}

/** The signed-in operator that a cookie header names, or undefined. */
export async function operatorBehind(
  cookieHeader: string | null | undefined,
): Promise<{ readonly operator: OperatorPerson; readonly sessionId: string } | undefined> {
  const session = await readSession(cookieHeader, "operator");
  const operator = session && (await operatorOf(session.userId));
  return session && operator && { operator, sessionId: session.id };
}
