import { randomUUID } from "node:crypto";
import type { RoleName } from "#lib/access/permissions";
import { cookieOf } from "#lib/access/testing";
import { newPlatformId } from "#lib/kernel/ids";
import type { Platform } from "./platform.ts";

export interface Colleague {
  readonly id: string;
  /** What the dashboard of a merchant sends with each call. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Somebody with a role at a merchant, signed in. */
export async function colleague(platform: Platform, merchantId: string, role: RoleName): Promise<Colleague> {
  const id = newPlatformId("user");
  const email = `${randomUUID()}@shop.example`;
  const name = `Sam ${role}`;
  await platform.owner`insert into users (id, email, name, password_hash) values (${id}, ${email}, ${name}, 'none')`;
  await platform.owner`insert into memberships (merchant_id, user_id, role) values (${merchantId}, ${id}, ${role})`;
  const { header } = await cookieOf({ id, email, name, realm: "merchant" });
  return { id, headers: { cookie: header, "gpl-merchant": merchantId } };
}
