import { randomUUID } from "node:crypto";
import { cookieOf } from "#lib/access/testing";
import { newPlatformId } from "#lib/kernel/ids";
import { OperatorContext } from "#lib/operator/context";
import { type OperatorRole, permissionsOfOperator } from "#lib/operator/permissions";
import type { Platform } from "./platform.ts";

export interface TestOperator {
  readonly id: string;
  readonly octx: OperatorContext;
  /** What the console sends with each call. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An operator of that role, signed in. */
export async function operator(platform: Platform, role: OperatorRole = "admin"): Promise<TestOperator> {
  const id = newPlatformId("operator");
  const email = `${randomUUID()}@platform.example`;
  const name = `Olga ${role}`;
  await platform.owner`
    insert into operators (id, email, name, password_hash, role) values (${id}, ${email}, ${name}, 'none', ${role})`;
  const { header } = await cookieOf({ id, email, name, realm: "operator" });
  const permissions = permissionsOfOperator(role);
  const person = { id, email, name, role, timeZone: "UTC", permissions, hasSecondFactor: false };
  const octx = new OperatorContext({ operator: person, sessionId: "ses_test", requestId: "req_test", locale: "en" });
  return { id, octx, headers: { cookie: header } };
}
