import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing/database";
import { createSimulators } from "./all.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

const create = () => createSimulators({ url: database.simulatorUrl, publicUrl: "https://pay.test" });

it("mounts each provider under its name, and Stripe at the root too", async () => {
  const { app, simulators } = create();
  expect([...simulators.keys()]).toEqual(["wechatpay", "alipay", "stripe"]);
  expect((await app.request("/v1/payment_intents")).status).toBe(401);
  expect((await app.request("/stripe/v1/payment_intents")).status).toBe(401);
  expect((await app.request("/v2/payment_intents")).status).toBe(404);
  const unsigned = await app.request("/wechatpay/v3/certificates");
  expect(await unsigned.json()).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/) });
  const gateway = await app.request("/alipay/gateway.do", { method: "POST" });
  expect(await gateway.json()).toMatchObject({ error_response: { code: expect.stringMatching(/^4000[12]$/) } });
});

it("has nothing due when nothing happened", async () => {
  expect(await create().runDue()).toBe(0);
});

it("says which settings are missing instead of starting without a database", () => {
  expect(() => createSimulators({ url: "", publicUrl: "https://pay.test" })).toThrow("SIMULATOR_DATABASE_URL");
});
