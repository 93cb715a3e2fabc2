import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parameter } from "#lib/parameters/parameters";
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
  platform.call(undefined, method, `/v1/operator${path}`, body, { ...who.headers });

const proposal = (value: unknown, who = maker) =>
  as(who, "POST", "/parameters/approval_hours", { value, reason: "Weekends are long" });

async function open(who: TestOperator, id: string): Promise<string> {
  return (await as(who, "GET", `/approvals/${id}`)).body.now.version;
}

describe("a deed that needs two people", () => {
  it("is done when another operator approves what he saw, and both logs say so", async () => {
    const made = await proposal(48);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      status: "pending",
      seen: { name: "approval_hours", before: 72, after: 48 },
      may_decide: false,
      may_withdraw: true,
    });
    const version = await open(checker, made.body.id);
    const decided = await as(checker, "POST", `/approvals/${made.body.id}/decide`, {
      decision: "approve",
      reason: "Agreed",
      version,
    });
    expect(decided.body).toMatchObject({ status: "approved", decided_by: { id: checker.id } });
    expect(await parameter("approval_hours")).toBe(48);
    const log = await as(maker, "GET", "/log");
    expect(log.body.data.map((entry: { verb: string }) => entry.verb)).toEqual([
      "approval.approve",
      "parameter.set",
      "approval.propose",
    ]);
  });

  it("is never decided by the one who proposed it", async () => {
    const made = await proposal(24);
    const answer = await as(maker, "POST", `/approvals/${made.body.id}/decide`, {
      decision: "approve",
      reason: "Mine",
      version: await open(maker, made.body.id),
    });
    expect([answer.status, answer.body.code]).toEqual([403, "approval_self"]);
    expect((await as(maker, "POST", `/approvals/${made.body.id}/withdraw`)).body.status).toBe("withdrawn");
  });

  it("is open once for one object, and free again when it was rejected", async () => {
    const made = await proposal(24);
    const second = await proposal(12, checker);
    expect([second.status, second.body.code]).toEqual([409, "approval_open"]);
    await as(checker, "POST", `/approvals/${made.body.id}/decide`, { decision: "reject", reason: "Too short" });
    const third = await proposal(96);
    expect(third.status).toBe(201);
    await as(maker, "POST", `/approvals/${third.body.id}/withdraw`);
  });

  it("is refused when the facts are no longer those that were seen", async () => {
    const made = await proposal(24);
    const answer = await as(checker, "POST", `/approvals/${made.body.id}/decide`, {
      decision: "approve",
      reason: "Agreed",
      version: "0000000000000000",
    });
    expect([answer.status, answer.body.code]).toEqual([409, "approval_changed"]);
    await as(maker, "POST", `/approvals/${made.body.id}/withdraw`);
  });

  it("is done once when two approve at the same time", async () => {
    const made = await proposal(24);
    const third = await operator(platform);
    const version = await open(checker, made.body.id);
    const answers = await Promise.all(
      [checker, third].map((who) =>
        as(who, "POST", `/approvals/${made.body.id}/decide`, { decision: "approve", reason: "Agreed", version }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    expect(answers.find((answer) => answer.status === 409)?.body.code).toBe("approval_over");
  });

  it("lapses when nobody decides in time", async () => {
    const made = await proposal(30);
    await platform.owner`update approvals set expires_at = now() - interval '1 minute' where id = ${made.body.id}`;
    const late = await as(checker, "POST", `/approvals/${made.body.id}/decide`, {
      decision: "reject",
      reason: "Too late",
    });
    expect([late.status, late.body.code]).toEqual([409, "approval_over"]);
    expect((await proposal(30)).status).toBe(201);
  });

  it("refuses a value that does not fit, by the name of the field", async () => {
    const answer = await proposal(-1);
    expect([answer.status, answer.body.param]).toEqual([400, "value"]);
  });
});
