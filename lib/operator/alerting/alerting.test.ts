import { createHash, createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeCalls } from "#lib/channel-accounts/note-calls";
import { systemClock } from "#lib/kernel/clock";
import { operator, type TestOperator } from "#lib/testing/operators";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { choose, openOrder } from "#lib/testing/shop";
import { evaluateAlerts } from "./evaluate.ts";

interface Heard {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Record<string, string>;
  readonly body: string;
}

let platform: Platform;
let ops: TestOperator;
let shop: TestMerchant;
let server: Server;
let origin: string;
/** What the receivers' side got, by path; `answers` is what it says. */
const heard: Heard[] = [];
const answers: Record<string, string> = {};

beforeAll(async () => {
  platform = await startPlatform();
  ops = await operator(platform, "operations");
  shop = await platform.merchant({}, ["stripe"]);
  server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://receiver");
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      heard.push({ path: url.pathname, query: url.searchParams, headers: request.headers as Heard["headers"], body });
      response.end(answers[url.pathname] ?? "{}");
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await evaluateAlerts(systemClock.now());
});
afterAll(async () => {
  server.close();
  await platform.end();
});

const call = (method: string, path: string, body?: unknown) =>
  platform.call(undefined, method, `/v1/operator${path}`, body, ops.headers);
const receiver = async (name: string, config: Record<string, unknown>) =>
  (await call("POST", "/alert_receivers", { name, config })).body;
const last = (path: string) => heard.findLast((one) => one.path === path);
let minute = 0;
/** One more minute passes, and the schedule comes by. */
async function look(): Promise<void> {
  minute += 1;
  await writeCalls();
  await evaluateAlerts(new Date(systemClock.now().getTime() + minute * 60_000));
  await platform.runJobs();
}

const webhookSecret = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
const declined = "pm_card_visa_chargeDeclinedInsufficientFunds";

async function pay(token: string, times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    await choose(shop.ctx, (await openOrder(shop.ctx, { currency: "USD" })).id, "card", { token });
  }
}

describe("a rule", () => {
  it("comes with a new installation for everything that can be watched", async () => {
    const { body } = await call("GET", "/alert_rules");
    expect(body.data.map((rule: { metric: string }) => rule.metric).sort()).toEqual([
      ...["certificate_days", "disk_free", "jobs_failed", "latency_p95", "ledger_check", "page_changes"],
      ...["success_rate", "webhook_delay"],
    ]);
    const disk = body.data.find((rule: { metric: string }) => rule.metric === "disk_free");
    expect(disk.current.value).toBeGreaterThan(0);
  });

  it("fires once, reminds, is silent while silenced, and says when it is good again", async () => {
    answers["/hook"] = "{}";
    const { id } = await receiver("Hook", { kind: "webhook", url: `${origin}/hook`, secret: webhookSecret });
    const rule = { min_sample: 3, threshold: 0.9, window_minutes: 60, remind_minutes: 3, receivers: [id] };
    expect((await call("PATCH", "/alert_rules/alr_success_rate", rule)).status).toBe(200);
    await pay(declined, 3);
    await look();
    const [alert] = (await call("GET", "/alerts?status=firing")).body.data;
    expect(alert).toMatchObject({
      metric: "success_rate",
      value: 0,
      subject: { id: shop.accounts.stripe?.id, merchant: "Test merchant" },
    });
    const states = () =>
      heard.filter(({ path }) => path === "/hook").map(({ body }) => JSON.parse(body).data.data.state);
    expect(states()).toEqual(["firing"]);
    await look();
    expect(states()).toEqual(["firing"]);
    minute += 2;
    await look();
    expect(states()).toEqual(["firing", "reminder"]);

    const silence = {
      rule: "alr_success_rate",
      subject: alert.subject.id,
      minutes: 600,
      reason: "Known, being mended",
    };
    const silenced = await call("POST", "/alert_silences", silence);
    minute += 4;
    await look();
    expect(states()).toEqual(["firing", "reminder"]);
    const seen = (await call("GET", "/alerts?status=firing")).body.data[0];
    expect(seen.silenced_until).toBe(silenced.body.until);
    await call("POST", `/alert_silences/${silenced.body.id}/end`);
    await pay("pm_card_visa", 40);
    await look();
    expect(states()).toEqual(["firing", "reminder", "resolved"]);
    expect((await call("GET", "/alerts?status=firing")).body.data).toEqual([]);
    expect((await call("GET", "/alerts")).body.data[0]).toMatchObject({ status: "resolved", worst: 0 });
    const { body } = await call("GET", "/alert_rules/alr_success_rate/samples");
    expect(body.points.length).toBeGreaterThan(0);
    const log = await platform.owner`select distinct verb from operator_log where operator_id = ${ops.id} order by 1`;
    expect(log.map(({ verb }) => verb)).toEqual([
      ...["alert.silence", "alert.unsilence", "alert_receiver.create", "alert_rule.update"],
    ]);
  });

  it("is judged once when two processes look at the same minute", async () => {
    const { id } = await receiver("Twice", { kind: "webhook", url: `${origin}/twice`, secret: webhookSecret });
    await call("PATCH", "/alert_rules/alr_latency_p95", { min_sample: 1, threshold: 1e6, receivers: [id] });
    await platform.owner`update alert_rules set threshold = 0 where id = 'alr_latency_p95'`;
    minute += 1;
    const at = new Date(systemClock.now().getTime() + minute * 60_000);
    await platform.owner`insert into channel_calls (merchant_id, channel_account_id, minute, livemode, answered, lost, durations)
      values (${shop.merchantId}, ${shop.accounts.stripe?.id ?? ""}, ${at.toISOString()}, false, 5, 0, ${[0, 0, 5]})`;
    await Promise.all([evaluateAlerts(at), evaluateAlerts(at)]);
    await platform.runJobs();
    expect(heard.filter(({ path }) => path === "/twice")).toHaveLength(1);
    await call("PATCH", "/alert_rules/alr_latency_p95", { is_on: false });
    expect((await call("GET", "/alerts?status=firing")).body.data).toEqual([]);
  });
});

describe("a further rule", () => {
  const further = {
    ...{ metric: "disk_free", name: "Disk, at night", threshold: 0.2, window_minutes: 1, min_sample: 1 },
    ...{ severity: "critical", is_on: true, quiet_from: null, quiet_to: null, time_zone: "UTC" },
    ...{ remind_minutes: 0, receivers: [] },
  };

  it("is added, and taken away with all that it saw; the deed stays in the log", async () => {
    const { status, body: rule } = await call("POST", "/alert_rules", { ...further, threshold: 1 });
    expect(status).toBe(201);
    await look();
    const firing = (await call("GET", "/alerts?status=firing")).body.data;
    expect(firing).toEqual(expect.arrayContaining([expect.objectContaining({ rule: rule.id, severity: "critical" })]));
    expect(await call("DELETE", `/alert_rules/${rule.id}`)).toMatchObject({ status: 200, body: { deleted: true } });
    const rows = await platform.owner`select id from alerts where rule_id = ${rule.id}
      union all select rule_id from alert_samples where rule_id = ${rule.id}`;
    expect(rows).toEqual([]);
    const [deed] = await platform.owner`select operator_id, change from operator_log
      where verb = 'alert_rule.delete' and object_id = ${rule.id}`;
    expect(deed).toMatchObject({ operator_id: ops.id, change: { before: { name: "Disk, at night" } } });
    expect((await call("DELETE", `/alert_rules/${rule.id}`)).status).toBe(404);
  });

  it("names the field that is wrong", async () => {
    const refused = await call("POST", "/alert_rules", { ...further, window_minutes: 0 });
    expect(refused).toMatchObject({ status: 400, body: { param: "window_minutes" } });
  });

  it("is never the last of its measure when two people take them away at once", async () => {
    const { body: rule } = await call("POST", "/alert_rules", further);
    const ids = ["alr_disk_free", rule.id];
    const answers = await Promise.all(ids.map((id) => call("DELETE", `/alert_rules/${id}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe("alert_rule_needed");
  });

  it("is not taken away by somebody who only looks", async () => {
    const support = await operator(platform, "support");
    const path = "/v1/operator/alert_rules/alr_latency_p95";
    expect((await platform.call(undefined, "DELETE", path, undefined, support.headers)).status).toBe(403);
  });
});

describe("a receiver proves by its own reckoning that the message is ours", () => {
  const test = async (name: string, config: Record<string, unknown>) => {
    const { id } = await receiver(name, config);
    expect((await call("POST", `/alert_receivers/${id}/test`)).status).toBe(200);
    await platform.runJobs();
    return (await call("GET", "/alert_receivers")).body.data.find((one: { id: string }) => one.id === id);
  };

  it("DingTalk", async () => {
    answers["/robot/send"] = '{"errcode":0,"errmsg":"ok"}';
    const config = { kind: "dingtalk", url: `${origin}/robot/send?access_token=T`, secret: "SEC1", locale: "zh-CN" };
    const { last: outcome, hint } = await test("DingTalk", config);
    expect(outcome).toMatchObject({ kind: "test", status: "sent" });
    expect(hint).not.toContain("access_token");
    const got = last("/robot/send");
    const timestamp = got?.query.get("timestamp");
    const sign = createHmac("sha256", "SEC1").update(`${timestamp}\nSEC1`).digest("base64");
    expect(got?.query.get("sign")).toBe(sign);
    expect(JSON.parse(got?.body ?? "")).toMatchObject({ msgtype: "markdown" });
    expect(got?.body).toMatch(/测试/);
  });

  it("Feishu, whose refusal comes with status 200 and is tried again", async () => {
    answers["/open-apis/bot/v2/hook/x"] = '{"code":19021,"msg":"sign match fail"}';
    const config = { kind: "feishu", url: `${origin}/open-apis/bot/v2/hook/x`, secret: "fs" };
    const { last: outcome } = await test("Feishu", config);
    expect(outcome).toMatchObject({ status: "pending", error: "code_19021" });
    const got = JSON.parse(last("/open-apis/bot/v2/hook/x")?.body ?? "");
    expect(got.sign).toBe(createHmac("sha256", `${got.timestamp}\nfs`).digest("base64"));
    answers["/open-apis/bot/v2/hook/x"] = '{"code":0,"msg":"success"}';
    await platform.owner`update graphile_worker._private_jobs set run_at = now() - interval '1 second'`;
    await platform.runJobs();
    const { body } = await call("GET", "/alert_receivers");
    expect(body.data.find((one: { name: string }) => one.name === "Feishu").last).toMatchObject({ status: "sent" });
  });

  it("Standard Webhooks", async () => {
    const { last: outcome } = await test("Own", { kind: "webhook", url: `${origin}/own`, secret: webhookSecret });
    expect(outcome.status).toBe("sent");
    const got = last("/own");
    expect(new Webhook(webhookSecret).verify(got?.body ?? "", got?.headers ?? {})).toMatchObject({ type: "alert" });
  });

  it("short messages over Alibaba Cloud", async () => {
    answers["/"] = '{"Code":"OK"}';
    const keys = { access_key_id: "AK", access_key_secret: "SK", sign_name: "平台", template_code: "SMS_1" };
    const { last: outcome } = await test("SMS", { kind: "sms", url: `${origin}/`, ...keys, phones: "13800000000" });
    expect(outcome.status).toBe("sent");
    const got = last("/");
    const { authorization = "", ...headers } = got?.headers ?? {};
    const [, names = "", signature] = /SignedHeaders=([^,]+),Signature=(\w+)/.exec(authorization) ?? [];
    const canonicalHeaders = names
      .split(";")
      .map((name) => `${name}:${headers[name]}\n`)
      .join("");
    const sorted = [...(got?.query ?? [])].sort(([a], [b]) => a.localeCompare(b, "en"));
    const query = sorted.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
    const hex = (text: string) => createHash("sha256").update(text).digest("hex");
    const request = ["POST", "/", query, canonicalHeaders, names, hex("")].join("\n");
    const expected = createHmac("sha256", "SK")
      .update(`ACS3-HMAC-SHA256\n${hex(request)}`)
      .digest("hex");
    expect(signature).toBe(expected);
    expect(names.split(";")).toEqual(expect.arrayContaining(["host", "x-acs-date", "x-acs-signature-nonce"]));
  });

  it("e-mail, in its language", async () => {
    const to = "duty@platform.example";
    const { last: outcome } = await test("Mail", { kind: "email", to, locale: "zh-CN" });
    expect(outcome.status).toBe("sent");
    const rows = await platform.owner`select recipient from mails where recipient = ${to}`;
    expect(rows).toHaveLength(1);
  });

  it("and an address inside the network is refused, and secrets are sealed", async () => {
    const inside = { kind: "webhook", url: "http://169.254.169.254/latest", secret: webhookSecret };
    const refused = await call("POST", "/alert_receivers", { name: "Inside", config: inside });
    expect(refused).toMatchObject({ status: 400, body: { code: "webhook_url_refused" } });
    const [row] = await platform.owner`select string_agg(r::text, '') as text from alert_receivers r`;
    expect(row?.text).not.toMatch(/SEC1|whsec_|access_token|SK"/);
  });
});
