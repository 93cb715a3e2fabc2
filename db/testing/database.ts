import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";
import { roles } from "../roles.ts";
import { templateName } from "./global-setup.ts";

export interface TestDatabase {
  readonly name: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly operatorUrl: string;
  readonly simulatorUrl: string;
  /** Closes whatever is still connected. */
  drop(): Promise<void>;
}

/** A fresh database with every table in place, of this caller alone. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject("databaseServer");
  const name = `t_${randomBytes(6).toString("hex")}`;
  await onServer(server.url, (sql) => sql`create database ${sql(name)} template ${sql(templateName)}`);

  const urlFor = (role?: string) => {
    const url = new URL(server.url);
    url.pathname = `/${name}`;
    if (role) {
      url.username = role;
      url.password = server.rolePassword;
    }
    return url.href;
  };
  return {
    name,
    ownerUrl: urlFor(),
    appUrl: urlFor(roles.app),
    operatorUrl: urlFor(roles.operator),
    simulatorUrl: urlFor(roles.simulator),
    drop: () => onServer(server.url, (sql) => sql`drop database if exists ${sql(name)} with (force)`),
  };
}

async function onServer(url: string, work: (sql: postgres.Sql) => PromiseLike<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}
