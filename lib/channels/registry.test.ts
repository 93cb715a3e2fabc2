import { expect, it } from "vitest";
import { channelNamed, channels } from "./registry.ts";

const account = { id: "ca_1", livemode: false, baseUrl: "https://pay.test", browserUrl: "https://pay.test" };

it("knows each channel by its own name", () => {
  expect([...channels.keys()]).toEqual(["wechatpay", "alipay", "stripe"]);
  expect(channelNamed("stripe").name).toBe("stripe");
});

it("says that there is no such channel", () => {
  expect(() => channelNamed("constructor")).toThrow(expect.objectContaining({ code: "not_found", param: "channel" }));
});

it("refuses credentials of another shape before anything is sent", async () => {
  const payment = { reference: "att_1", amount: { minor: 1n, currency: "CNY" as const } };
  const options = { now: new Date(), requestId: "req_1", timeoutMs: 1 };
  for (const channel of channels.values()) {
    await expect(channel.query({ ...account, credentials: { nothing: "of it" } }, payment, options)).rejects.toThrow(
      expect.objectContaining({ name: "ZodError" }),
    );
  }
});

it("offers only what the adapter offers", () => {
  expect(channelNamed("stripe").capture).toBeTypeOf("function");
  const credentials = { secret_key: "sk_1", publishable_key: "pk_1", webhook_secret: "whsec_1" };
  expect(channelNamed("stripe").cardFields?.({ ...account, credentials }).origin).toBe("https://pay.test");
  expect(channelNamed("wechatpay").cardFields).toBeUndefined();
});
