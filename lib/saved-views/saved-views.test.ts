import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context } from "#db/tenancy";
import { type Platform, startPlatform } from "#lib/testing/platform";
import { auditOf } from "#lib/testing/shop";
import { deleteView } from "./delete-view.ts";
import { mostViews, saveView } from "./save-view.ts";
import { type SaveView, saveViewSchema } from "./schemas.ts";
import { listViews } from "./store.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

const input = (changes: Partial<SaveView> = {}): SaveView =>
  saveViewSchema.parse({ list: "orders", name: "Large", filters: { status: "paid" }, ...changes });
const namesOf = (ctx: Context) =>
  ctx.transaction(async (tx) =>
    (await listViews(tx)).map(({ name, settings }) => `${name} ${settings.filters.status}`),
  );
const person = (ctx: Context, id: string) => ctx.with({ actor: { type: "user", id } });

it("keeps a view for its person, and gives a name that is taken the new settings", async () => {
  const { ctx } = await platform.merchant({}, []);
  const mine = person(ctx, "usr_1");
  const first = await saveView(mine, input());
  const second = await saveView(
    mine,
    input({ filters: { status: "pending" }, columns: ["amount"], density: "compact" }),
  );
  expect(second).toMatchObject({ id: first.id, settings: { columns: ["amount"], density: "compact" } });
  expect(await namesOf(mine)).toEqual(["Large pending"]);
  expect(await namesOf(person(ctx, "usr_2"))).toEqual([]);
  expect(await auditOf(ctx, first.id)).toEqual(["saved_view.save by user", "saved_view.save by user"]);
});

it("is deleted by its person only", async () => {
  const { ctx } = await platform.merchant({}, []);
  const view = await saveView(person(ctx, "usr_1"), input());
  await expect(deleteView(person(ctx, "usr_2"), view.id)).rejects.toMatchObject({ code: "not_found" });
  await deleteView(person(ctx, "usr_1"), view.id);
  expect(await namesOf(person(ctx, "usr_1"))).toEqual([]);
});

it("holds as many as a menu can show, also when two are saved at once", async () => {
  const { ctx } = await platform.merchant({}, []);
  const mine = person(ctx, "usr_many");
  for (let n = 1; n < mostViews; n++) await saveView(mine, input({ name: `View ${n}` }));
  const results = await Promise.allSettled(["a", "b"].map((name) => saveView(mine, input({ name }))));
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(saveView(mine, input({ name: "c" }))).rejects.toMatchObject({ code: "too_many_saved_views" });
  await expect(saveView(mine, input({ name: "View 1" }))).resolves.toMatchObject({ name: "View 1" });
});

it("is saved, listed and deleted over the API", async () => {
  const { key } = await platform.merchant({}, []);
  const secret = await key();
  const saved = await platform.call(secret, "POST", "/v1/saved_views", {
    list: "orders",
    name: " Cards ",
    filters: { method: "card" },
  });
  expect(saved).toMatchObject({
    status: 201,
    body: { object: "saved_view", name: "Cards", columns: [], density: "comfortable" },
  });
  expect((await platform.call(secret, "GET", "/v1/saved_views?list=orders")).body.data).toEqual([saved.body]);
  expect((await platform.call(secret, "GET", "/v1/saved_views?list=refunds")).body.data).toEqual([]);
  expect((await platform.call(secret, "DELETE", `/v1/saved_views/${saved.body.id}`)).status).toBe(200);
  expect((await platform.call(secret, "DELETE", `/v1/saved_views/${saved.body.id}`)).status).toBe(404);
});
