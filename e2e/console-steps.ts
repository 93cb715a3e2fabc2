import { randomUUID } from "node:crypto";
import { hash } from "@node-rs/argon2";
import type { Browser, Page } from "@playwright/test";
import postgres from "postgres";
import type { OperatorRole } from "#lib/operator/permissions";

/** What somebody of the platform's staff signs in with. */
export async function operatorLogin(role: OperatorRole): Promise<{ email: string; password: string }> {
  const token = randomUUID();
  const login = { email: `${token}@platform.example`, password: token };
  const passwordHash = await hash(login.password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  const sql = postgres(process.env.E2E_DATABASE_URL ?? "", { max: 1 });
  const id = `opr_${token.replaceAll("-", "").slice(0, 20)}`;
  try {
    await sql`insert into operators (id, email, name, password_hash, role)
      values (${id}, ${login.email}, ${`Olga ${role}`}, ${passwordHash}, ${role})`;
  } finally {
    await sql.end();
  }
  return login;
}

/** Somebody of the platform's staff, signed in, in a browser of his own. */
export async function operatorPage(browser: Browser, role: OperatorRole, language: string): Promise<Page> {
  const login = await operatorLogin(role);
  const page = await (await browser.newContext({ locale: language })).newPage();
  const { csrfToken } = await (await page.request.get("/api/auth/csrf")).json();
  const form = { csrfToken, json: "true", ...login };
  const answer = await page.request.post("/api/auth/callback/operator", { form });
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()} ${await answer.text()}`);
  return page;
}
