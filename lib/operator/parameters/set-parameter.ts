import { z } from "@hono/zod-openapi";
import { eq } from "drizzle-orm";
import { parameters } from "#db/schema/operator";
import { InvalidParam } from "#lib/kernel/errors";
import { forgetParameter, isParameterName, parameterTable } from "#lib/parameters/parameters";
import { platformKind } from "../approvals/kind.ts";
import type { OperatorTx } from "../context.ts";
import { recordDeed } from "../record.ts";

const payload = z.strictObject({ name: z.string().refine(isParameterName), value: z.unknown() });

async function current(tx: OperatorTx, name: string): Promise<unknown> {
  const [row] = await tx.db.select({ value: parameters.value }).from(parameters).where(eq(parameters.name, name));
  return row ? row.value : isParameterName(name) ? parameterTable[name].initial : undefined;
}

/** A new value of a system parameter; it counts everywhere within seconds. */
export const setParameter = platformKind({
  kind: "parameter.set",
  propose: "parameters:write",
  approve: "parameters:approve",
  payload,
  objectId: ({ name }) => name,
  async look(tx, { name, value }) {
    if (!parameterTable[name].schema.safeParse(value).success) throw new InvalidParam("invalid_value", "value");
    return { name, before: await current(tx, name), after: value };
  },
  async carryOut(tx, { name, value }, octx) {
    const before = await current(tx, name);
    const set = { value, updatedAt: tx.now, updatedBy: octx.operator.id };
    await tx.db
      .insert(parameters)
      .values({ name, ...set })
      .onConflictDoUpdate({ target: parameters.name, set });
    await recordDeed(tx, { verb: "parameter.set", objectId: name, change: { before, after: value } });
    forgetParameter(name);
    return { name, after: value };
  },
});
