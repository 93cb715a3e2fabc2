import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "#db/tenancy";
import { createEndpoint, maxEndpoints } from "./create-endpoint.ts";
import { deleteEndpoint } from "./delete-endpoint.ts";
import { disableEndpoint } from "./disable-endpoint.ts";
import { enableEndpoint } from "./enable-endpoint.ts";
import { getEndpoint } from "./get-endpoint.ts";
import { listEndpoints } from "./list-endpoints.ts";
import { revealSecret } from "./reveal-secret.ts";
import { rollSecret } from "./roll-secret.ts";
import { webhookEndpointJson, webhookEndpointSchema } from "./schemas.ts";
import { sendTestEvent } from "./send-test-event.ts";
import { type World, webhookWorld } from "./testing/world.ts";
import { updateEndpoint } from "./update-endpoint.ts";

const url = "https://shop.example/hook";

let world: World;
let ctx: Context;
beforeAll(async () => {
  world = await webhookWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  ctx = await world.newMerchant();
});

const auditLog = async () =>
  (
    await world.owner`select verb, actor_id from audit_log where merchant_id = ${ctx.merchantId} order by created_at, id`
  ).map((row) => `${row.verb} by ${row.actor_id}`);

describe("an endpoint", () => {
  it("is created with a secret that is sealed in the database, shown once, and shown again on request", async () => {
    const { endpoint, secret } = await createEndpoint(ctx, { url, eventTypes: ["order.paid", "order.paid"] });
    expect(secret).toMatch(/^whsec_/);
    expect(endpoint).toMatchObject({ url, status: "enabled", eventTypes: ["order.paid"] });
    const [row] = await world.owner`select w::text as everything from webhook_endpoints w where id = ${endpoint.id}`;
    expect(row?.everything).not.toContain(secret.slice(6));
    const json = webhookEndpointJson(endpoint);
    expect(webhookEndpointSchema.strict().parse(json)).toEqual(json);
    expect(JSON.stringify(json)).not.toContain('secret":');
    world.clock.advance(1);
    expect(await revealSecret(ctx, endpoint.id)).toBe(secret);
    expect(await auditLog()).toEqual([
      "webhook_endpoint.create by key_of_the_test",
      "webhook_endpoint.reveal_secret by key_of_the_test",
    ]);
  });

  it("does not open with a secret copied from another one", async () => {
    const one = await createEndpoint(ctx, { url, eventTypes: ["*"] });
    const two = await createEndpoint(ctx, { url, eventTypes: ["*"] });
    await world.owner`update webhook_endpoints set secret = (select secret from webhook_endpoints where id = ${one.endpoint.id}) where id = ${two.endpoint.id}`;
    await expect(revealSecret(ctx, two.endpoint.id)).rejects.toThrow();
  });

  it("is refused when its address is, and then leaves nothing behind", async () => {
    await expect(createEndpoint(ctx, { url: "http://169.254.169.254/", eventTypes: ["*"] })).rejects.toMatchObject({
      code: "webhook_url_refused",
      param: "url",
    });
    const live = ctx.with({ livemode: true });
    await expect(createEndpoint(live, { url: "http://shop.example/", eventTypes: ["*"] })).rejects.toMatchObject({
      code: "webhook_url_invalid",
      detail: { reason: "https_required" },
    });
    expect(await listEndpoints(ctx)).toEqual([]);
    expect(await auditLog()).toEqual([]);
  });

  it("is one of sixteen at most per mode, also when creations race", async () => {
    const results = await Promise.allSettled(
      Array.from({ length: maxEndpoints + 4 }, () => createEndpoint(ctx, { url, eventTypes: ["*"] })),
    );
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused.map((result) => result.reason.code)).toEqual(Array(4).fill("webhook_endpoint_limit"));
    expect(await listEndpoints(ctx)).toHaveLength(maxEndpoints);
    const live = ctx.with({ livemode: true });
    await createEndpoint(live, { url, eventTypes: ["*"] });
    expect(await listEndpoints(live)).toHaveLength(1);
    const [first] = await listEndpoints(ctx);
    await deleteEndpoint(ctx, first?.id ?? "");
    await createEndpoint(ctx, { url, eventTypes: ["*"] });
    expect(await listEndpoints(ctx)).toHaveLength(maxEndpoints);
  });

  it("changes only what the caller names", async () => {
    const { endpoint } = await createEndpoint(ctx, { url, description: "till", eventTypes: ["*"] });
    expect(await updateEndpoint(ctx, endpoint.id, {})).toEqual(endpoint);
    const changed = await updateEndpoint(ctx, endpoint.id, { eventTypes: ["order.paid"], description: null });
    expect(changed).toEqual({
      ...endpoint,
      eventTypes: ["order.paid"],
      description: null,
      updatedAt: world.clock.now(),
    });
    await expect(updateEndpoint(ctx, endpoint.id, { url: "https://10.0.0.1/" })).rejects.toMatchObject({
      code: "webhook_url_refused",
    });
    expect(await getEndpoint(ctx, endpoint.id)).toEqual(changed);
  });

  it("starts with a clean record at a new address", async () => {
    const { endpoint } = await createEndpoint(ctx, { url, eventTypes: ["*"] });
    await world.owner`update webhook_endpoints set failing_since = now() where id = ${endpoint.id}`;
    expect((await updateEndpoint(ctx, endpoint.id, { description: "x" })).failingSince).not.toBeNull();
    expect((await updateEndpoint(ctx, endpoint.id, { url: `${url}/2` })).failingSince).toBeNull();
  });

  it("is switched off and on, and each is recorded when it changes something", async () => {
    const { endpoint } = await createEndpoint(ctx, { url, eventTypes: ["*"] });
    await enableEndpoint(ctx, endpoint.id);
    expect(await disableEndpoint(ctx, endpoint.id)).toMatchObject({
      status: "disabled",
      disabledReason: "by_merchant",
    });
    await disableEndpoint(ctx, endpoint.id);
    await expect(sendTestEvent(ctx, endpoint.id)).rejects.toMatchObject({ code: "webhook_endpoint_disabled" });
    expect(await enableEndpoint(ctx, endpoint.id)).toMatchObject({ status: "enabled", disabledReason: null });
    expect((await auditLog()).map((entry) => entry.split(" ")[0]).sort()).toEqual([
      "webhook_endpoint.create",
      "webhook_endpoint.disable",
      "webhook_endpoint.enable",
    ]);
  });

  it("gets a new secret on request", async () => {
    const { endpoint, secret } = await createEndpoint(ctx, { url, eventTypes: ["*"] });
    const rolled = await rollSecret(ctx, endpoint.id);
    expect(rolled.secret).not.toBe(secret);
    expect(await revealSecret(ctx, endpoint.id)).toBe(rolled.secret);
    expect(rolled.endpoint.previousSecretExpiresAt).toEqual(new Date(world.clock.now().getTime() + 24 * 3_600_000));
  });

  it("is gone for everybody when deleted, with its secret", async () => {
    const { endpoint } = await createEndpoint(ctx, { url, eventTypes: ["*"] });
    await rollSecret(ctx, endpoint.id);
    await deleteEndpoint(ctx, endpoint.id);
    expect(await listEndpoints(ctx)).toEqual([]);
    await expect(getEndpoint(ctx, endpoint.id)).rejects.toMatchObject({ code: "not_found" });
    const [row] = await world.owner`select secret, previous_secret from webhook_endpoints where id = ${endpoint.id}`;
    expect(row).toEqual({ secret: "", previous_secret: null });
  });

  it.each([
    ["get", getEndpoint],
    ["update", (who: Context, id: string) => updateEndpoint(who, id, { description: "mine" })],
    ["delete", deleteEndpoint],
    ["reveal", revealSecret],
    ["roll", rollSecret],
    ["enable", enableEndpoint],
    ["disable", disableEndpoint],
    ["test", sendTestEvent],
  ])("is not found by another merchant or in the other mode: %s", async (_verb, act) => {
    const { endpoint } = await createEndpoint(ctx, { url, eventTypes: ["*"] });
    const stranger = await world.newMerchant();
    const notFound = { code: "not_found", detail: { object: "webhook_endpoint" } };
    await expect(act(stranger, endpoint.id)).rejects.toMatchObject(notFound);
    await expect(act(ctx.with({ livemode: true }), endpoint.id)).rejects.toMatchObject(notFound);
    expect(await getEndpoint(ctx, endpoint.id)).toEqual(endpoint);
  });
});
