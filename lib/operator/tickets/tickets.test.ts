import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "#lib/kernel/clock";
import { readMailbox } from "#lib/mail/read-mailbox";
import { updateSettings } from "#lib/merchants/update-settings";
import { noticeKinds } from "#lib/notices/kinds";
import { operator, type TestOperator } from "#lib/testing/operators";
import { type Colleague, colleague } from "#lib/testing/people";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { paidOrder, refund } from "#lib/testing/shop";

const minuteMs = 60_000;

let platform: Platform;
let merchant: TestMerchant;
let owner: Colleague;
let support: TestOperator;
let second: TestOperator;
beforeAll(async () => {
  platform = await startPlatform();
  merchant = await platform.merchant({}, ["wechatpay"]);
  owner = await colleague(platform, merchant.merchantId, "owner");
  [support, second] = await Promise.all([operator(platform, "support"), operator(platform, "operations")]);
});
afterAll(() => platform.end());

const question = { subject: "A refund is missing", category: "refund", priority: "high", body: "Where is it?" };
const asMerchant = (method: string, path: string, body?: unknown, headers = owner.headers) =>
  platform.call(undefined, method, path, body, headers);
const asSupport = (method: string, path: string, body?: unknown, who = support) =>
  platform.call(undefined, method, `/v1/operator${path}`, body, { ...who.headers });
const ask = async (more = {}) => (await asMerchant("POST", "/v1/tickets", { ...question, ...more })).body;

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkaPhfDwAERQHBzBCvWQAAAABJRU5ErkJggg==",
  "base64",
);

async function send(path: string, headers: Readonly<Record<string, string>>, bytes: Buffer, type = "image/png") {
  const answer = await fetch(`${platform.origin}${path}`, {
    method: "POST",
    headers: { ...headers, origin: platform.origin, "content-type": type },
    body: new Uint8Array(bytes),
  });
  return { status: answer.status, body: (await answer.json()) as { id: string; code: string; content_type: string } };
}

describe("a ticket", () => {
  it("goes back and forth between the merchant and our support", async () => {
    const order = await paidOrder(platform, merchant.ctx);
    const made = await refund(merchant.ctx, order.id, 100);
    const ticket = await ask({ refund: made.id });
    expect(ticket).toMatchObject({ state: "open", order: order.id, refund: made.id, livemode: false });
    expect(ticket.messages).toMatchObject([{ side: "merchant", author: "Sam owner", body: "Where is it?" }]);

    const answered = await asSupport("POST", `/tickets/${ticket.id}/messages`, { body: "On its way." });
    expect(answered.body).toMatchObject({
      state: "waiting_for_merchant",
      due_at: null,
      assigned_to: { id: support.id },
      merchant: { id: merchant.merchantId, name: "Test merchant" },
    });
    const said = await asMerchant("POST", `/v1/tickets/${ticket.id}/messages`, { body: "Still not here." });
    expect(said.body).toMatchObject({ state: "waiting_for_us" });
    expect(said.body.messages.map((message: { side: string }) => message.side)).toEqual([
      "merchant",
      "support",
      "merchant",
    ]);

    const solution = { body: "It has arrived now.", is_solution: true };
    expect((await asSupport("POST", `/tickets/${ticket.id}/messages`, solution)).body.state).toBe("solved");
    expect((await asMerchant("POST", `/v1/tickets/${ticket.id}/close`)).body.state).toBe("closed");
    const late = await asMerchant("POST", `/v1/tickets/${ticket.id}/messages`, { body: "One more." });
    expect([late.status, late.body.code]).toEqual([409, "ticket_closed"]);
    expect((await asMerchant("POST", `/v1/tickets/${ticket.id}/reopen`)).body.state).toBe("waiting_for_us");
    const again = await asMerchant("POST", `/v1/tickets/${ticket.id}/reopen`);
    expect([again.status, again.body.code]).toEqual([409, "ticket_not_over"]);

    const audit = await platform.owner<{ verb: string; actor_type: string }[]>`
      select verb, actor_type from audit_log where object_id = ${ticket.id} order by id`;
    expect(audit.map(({ verb, actor_type }) => `${verb} by ${actor_type}`)).toEqual([
      "ticket.open by user",
      "ticket.answer by operator",
      "ticket.reply by user",
      "ticket.answer by operator",
      "ticket.close by user",
      "ticket.reopen by user",
    ]);
  });

  it("is found by nobody but its merchant, and takes no order of another one", async () => {
    const other = await platform.merchant({}, []);
    const stranger = await colleague(platform, other.merchantId, "owner");
    const ticket = await ask();
    for (const [method, path] of [
      ["GET", ""],
      ["POST", "/messages"],
      ["POST", "/close"],
    ] as const) {
      const body = path === "/messages" ? { body: "Mine?" } : undefined;
      const answer = await asMerchant(method, `/v1/tickets/${ticket.id}${path}`, body, stranger.headers);
      expect([answer.status, answer.body.code]).toEqual([404, "not_found"]);
    }
    const order = await paidOrder(platform, merchant.ctx);
    const foreign = await asMerchant("POST", "/v1/tickets", { ...question, order: order.id }, stranger.headers);
    expect([foreign.status, foreign.body.code]).toEqual([404, "not_found"]);
    expect((await asMerchant("GET", "/v1/tickets", undefined, stranger.headers)).body.data).toEqual([]);
  });

  it("may be read but not written by somebody who only reads", async () => {
    const ticket = await ask();
    const reader = await colleague(platform, merchant.merchantId, "read_only");
    expect((await asMerchant("GET", `/v1/tickets/${ticket.id}`, undefined, reader.headers)).status).toBe(200);
    const refused = await asMerchant("POST", "/v1/tickets", question, reader.headers);
    expect([refused.status, refused.body.code]).toEqual([403, "forbidden"]);
    const auditor = await operator(platform, "auditor");
    expect((await asSupport("GET", `/tickets/${ticket.id}`, undefined, auditor)).status).toBe(200);
    const note = await asSupport("POST", `/tickets/${ticket.id}/notes`, { body: "x" }, auditor);
    expect([note.status, note.body.code]).toEqual([403, "forbidden"]);
  });

  it("stops its clock while the merchant has the word, and puts the first due on top of the queue", async () => {
    await platform.owner`update tickets set due_at = null, resolution_due_at = null, resolution_left_ms = 0`;
    const slow = await ask({ priority: "low" });
    const urgent = await ask({ priority: "urgent" });
    const queue = async () =>
      (await asSupport("GET", "/tickets?state=due")).body.data.map(({ id }: { id: string }) => id);
    expect(await queue()).toEqual([urgent.id, slow.id]);
    await asSupport("POST", `/tickets/${urgent.id}/messages`, { body: "Tell me more." });
    expect(await queue()).toEqual([slow.id]);
    await asSupport("PATCH", `/tickets/${slow.id}`, { priority: "urgent", assigned_to: second.id });
    const own = await asSupport("GET", "/tickets?state=due&assigned=me", undefined, second);
    expect(own.body.data).toMatchObject([{ id: slow.id, priority: "urgent" }]);
    const { due_at: due } = own.body.data[0];
    expect(Math.round((Date.parse(due) - Date.parse(slow.created_at)) / minuteMs)).toBe(30);
    await platform.pass(31 * minuteMs);
    expect(systemClock.now().getTime()).toBeGreaterThan(Date.parse(due));
    const refused = await asSupport("PATCH", `/tickets/${slow.id}`, { assigned_to: "opr_none" });
    expect([refused.status, refused.body.param]).toEqual([400, "assigned_to"]);
  });

  it("keeps its numbers when two answer at the same time", async () => {
    const ticket = await ask();
    const answers = await Promise.all(
      [support, second].map((who) => asSupport("POST", `/tickets/${ticket.id}/messages`, { body: who.id }, who)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const { body } = await asMerchant("GET", `/v1/tickets/${ticket.id}`);
    expect(body.messages).toHaveLength(3);
    expect(body.state).toBe("waiting_for_merchant");
  });
});

describe("a note", () => {
  it("is read by operators, and reaches the merchant on no way at all", async () => {
    const ticket = await ask();
    const secret = "They are short of money";
    const noted = await asSupport("POST", `/tickets/${ticket.id}/notes`, { body: secret });
    expect(noted.body.notes).toMatchObject([{ author: "Olga support", body: secret }]);
    expect(noted.body.messages).toHaveLength(1);
    for (const path of [`/v1/tickets/${ticket.id}`, "/v1/tickets", "/v1/audit_log"]) {
      const { status, body } = await asMerchant("GET", path);
      expect(status, path).toBe(200);
      expect(JSON.stringify(body), path).not.toContain(secret);
    }
    const rights = await platform.owner`
      select has_table_privilege('gpl_app', 'public.ticket_notes', 'select') as may`;
    expect(rights).toEqual([{ may: false }]);
    await platform.runJobs();
    expect((await readMailbox()).filter(({ text }) => text.includes(secret))).toEqual([]);
  });
});

describe("a file", () => {
  it("travels with a message, sealed on the disk, and is saved by whoever may see the ticket", async () => {
    const sent = await send("/v1/ticket_files?name=..%2Freceipt%22.png", owner.headers, png);
    expect(sent).toMatchObject({
      status: 201,
      body: { name: "receipt.png", content_type: "image/png", size: png.length },
    });
    const ticket = await ask({ attachments: [sent.body.id] });
    expect(ticket.messages[0].attachments).toMatchObject([{ id: sent.body.id, name: "receipt.png" }]);
    const [row] = await platform.owner<{ content: Buffer }[]>`
      select content from sealed_files where id = ${sent.body.id}`;
    expect(row?.content.includes(png.subarray(0, 16))).toBe(false);

    const path = `tickets/${ticket.id}/files/${sent.body.id}`;
    for (const [address, headers] of [
      [`/v1/${path}`, owner.headers],
      [`/v1/operator/${path}`, support.headers],
    ] as const) {
      const answer = await fetch(`${platform.origin}${address}`, { headers });
      expect(Buffer.from(await answer.arrayBuffer()).equals(png)).toBe(true);
      expect(answer.headers.get("content-disposition")).toMatch(/^attachment; /);
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    }
    const elsewhere = await ask();
    const wrong = await asMerchant("GET", `/v1/tickets/${elsewhere.id}/files/${sent.body.id}`);
    expect([wrong.status, wrong.body.code]).toEqual([404, "not_found"]);
    const twice = await asMerchant("POST", "/v1/tickets", { ...question, attachments: [sent.body.id] });
    expect([twice.status, twice.body.code, twice.body.param]).toEqual([400, "file_unknown", "attachments"]);
  });

  it("of the support's comes with the answer, and is nobody else's to attach", async () => {
    const ticket = await ask();
    const sent = await send(
      `/v1/operator/ticket_files?ticket=${ticket.id}&name=a.csv`,
      support.headers,
      Buffer.from("a,b\n1,2\n"),
    );
    expect(sent.body.content_type).toBe("text/csv");
    const stolen = await asMerchant("POST", `/v1/tickets/${ticket.id}/messages`, {
      body: "x",
      attachments: [sent.body.id],
    });
    expect(stolen.body.code).toBe("file_unknown");
    const answered = await asSupport("POST", `/tickets/${ticket.id}/messages`, {
      body: "Here.",
      attachments: [sent.body.id],
    });
    expect(answered.body.messages.at(-1).attachments).toMatchObject([{ name: "a.csv" }]);
  });

  it.each([
    ["an HTML page called a picture", "a.png", Buffer.from("<html><script>alert(1)</script>")],
    ["an archive", "a.zip", Buffer.from("504b0304", "hex")],
    ["a program called a text", "a.txt", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0])],
    ["nothing", "a.txt", Buffer.alloc(0)],
  ])("is refused when it is %s", async (_what, name, bytes) => {
    const { status, body } = await send(`/v1/ticket_files?name=${name}`, owner.headers, bytes);
    expect([status, body.code]).toEqual([400, "file_type_refused"]);
  });

  it("is refused by its length before anything of it is kept", async () => {
    const { status, body } = await send(
      "/v1/ticket_files?name=a.txt",
      owner.headers,
      Buffer.alloc(5 * 1_048_576 + 1, "a"),
    );
    expect([status, body.code]).toEqual([413, "file_too_large"]);
    const kept = await send("/v1/ticket_files?name=a.txt", owner.headers, Buffer.alloc(5 * 1_048_576, "a"));
    expect(kept.status).toBe(201);
  });
});

describe("mail", () => {
  it("tells the support of a question, and whoever asked of the answer", async () => {
    const ticket = await ask({ subject: "Which card is it?" });
    await platform.runJobs();
    const [{ email: supportMail } = { email: "" }] = await platform.owner<{ email: string }[]>`
      select email from operators where id = ${support.id}`;
    expect((await readMailbox(supportMail)).map(({ subject }) => subject)).toContain(
      "Test merchant: Which card is it?",
    );
    await asSupport("POST", `/tickets/${ticket.id}/messages`, { body: "The one that ends in 42." });
    const [{ email } = { email: "" }] = await platform.owner<{ email: string }[]>`
      select email from users where id = ${owner.id}`;
    const [mail] = await readMailbox(email);
    expect(mail?.subject).toBe("Support has answered: Which card is it?");
    expect(mail?.text).toContain("The one that ends in 42.");
    expect(mail?.text).toContain(`${platform.origin}/dashboard/support/${ticket.id}`);
  });

  it("goes to the merchant's addresses when its server asked", async () => {
    const emails = ["desk@shop.example"];
    await updateSettings(merchant.ctx, { notices: { emails, kinds: noticeKinds, locale: "zh-CN" } });
    const asked = await platform.call(await merchant.key(), "POST", "/v1/tickets", question);
    await asSupport("POST", `/tickets/${asked.body.id}/messages`, { body: "Done." });
    expect((await readMailbox("desk@shop.example")).map(({ subject }) => subject)).toEqual([
      "客服已答复：A refund is missing",
    ]);
  });
});
