import { afterAll, beforeAll, expect, it } from "vitest";
import { operator, type TestOperator } from "#lib/testing/operators";
import { type Platform, startPlatform } from "#lib/testing/platform";

let platform: Platform;
let maker: TestOperator;
let checker: TestOperator;
beforeAll(async () => {
  platform = await startPlatform();
  [maker, checker] = await Promise.all([operator(platform), operator(platform)]);
});
afterAll(() => platform.end());

const as = (who: TestOperator, method: string, path: string, body?: unknown) =>
  platform.call(undefined, method, `/v1/operator${path}`, body, who.headers);

async function change(value: number, decision: "approve" | "reject"): Promise<string> {
  const { id } = (await as(maker, "POST", "/parameters/ticket_close_days", { value, reason: `To ${value}` })).body;
  const { now } = (await as(checker, "GET", `/approvals/${id}`)).body;
  const wish = { decision, reason: "Seen", version: now.version };
  expect((await as(checker, "POST", `/approvals/${id}/decide`, wish)).status).toBe(200);
  return id;
}

const history = async (query = "") => (await as(maker, "GET", `/parameters/ticket_close_days/history${query}`)).body;

it("tells who proposed and who approved each change, from what to what, in pages; what was rejected changed nothing", async () => {
  expect((await history()).data).toEqual([]);
  const first = await change(10, "approve");
  await change(11, "reject");
  const second = await change(12, "approve");
  const newest = await history("?limit=1");
  expect(newest).toMatchObject({
    has_more: true,
    data: [
      {
        id: second,
        from: 10,
        to: 12,
        reason: "To 12",
        proposed_by: { id: maker.id },
        approved_by: { id: checker.id },
        approval_reason: "Seen",
      },
    ],
  });
  const older = await history(`?limit=1&starting_after=${second}`);
  expect(older).toMatchObject({ has_more: false, data: [{ id: first, from: 7, to: 10 }] });
});

it("is none of a parameter that does not exist, and is not for those who may not read parameters", async () => {
  expect((await as(maker, "GET", "/parameters/nothing/history")).status).toBe(404);
  const support = await operator(platform, "support");
  expect((await as(support, "GET", "/parameters/ticket_close_days/history")).status).toBe(403);
});
