import { readFileSync } from "node:fs";

/** Hands the demo's keys and addresses, which e2e/serve.ts wrote down, to the tests as environment. */
export default function globalSetup(): void {
  const state = JSON.parse(readFileSync(process.env.E2E_STATE ?? "", "utf8")) as Record<string, string>;
  process.env.E2E_BASE_URL = state.publicUrl;
  process.env.E2E_TEST_KEY = state.testKey;
  process.env.E2E_PUBLISHABLE_KEY = state.publishableKey;
  process.env.E2E_MERCHANT_EMAIL = state.merchantEmail;
  process.env.E2E_MERCHANT_PASSWORD = state.merchantPassword;
  process.env.E2E_OPERATOR_EMAIL = state.operatorEmail;
  process.env.E2E_OPERATOR_PASSWORD = state.operatorPassword;
  process.env.E2E_DATABASE_URL = state.ownerUrl;
}
