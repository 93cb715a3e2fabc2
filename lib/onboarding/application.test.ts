import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { forgetMerchant } from "#lib/merchants/load-merchant";
import { writeRequests } from "#lib/request-log/keep-request";
import { type Colleague, colleague } from "#lib/testing/people";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { openOrder } from "#lib/testing/shop";
import { currentContract } from "./contract.ts";
import { apply, facts, pdf, sendFile } from "./testing.ts";

let platform: Platform;
let merchant: TestMerchant;
let owner: Colleague;
beforeAll(async () => {
  platform = await startPlatform();
});
beforeEach(async () => {
  merchant = await platform.merchant({}, []);
  await platform.owner`update merchants set live_status = 'not_applied' where merchant_id = ${merchant.merchantId}`;
  forgetMerchant(merchant.merchantId);
  owner = await colleague(platform, merchant.merchantId, "owner");
});
afterAll(() => platform.end());

const ask = (method: string, path = "", body?: unknown, who = owner) =>
  platform.call(undefined, method, `/v1/application${path}`, body, { ...who.headers });

describe("live mode", () => {
  it("is closed to a merchant that nobody approved, and test mode is not", async () => {
    await expect(openOrder(merchant.ctx.with({ livemode: true }))).rejects.toMatchObject({
      code: "merchant_not_approved",
    });
    expect((await openOrder(merchant.ctx)).status).toBe("pending");
  });
});

describe("an application", () => {
  it("is a draft until it is sent, keeps what it was told, and says until when it is answered", async () => {
    expect((await ask("GET")).body).toMatchObject({ status: "not_applied", facts: { country: "CN" }, documents: [] });
    await apply(platform, owner.headers);
    const { body } = await ask("GET");
    expect(body).toMatchObject({ status: "submitted", facts, signature: { name: "林薇", is_current: true } });
    expect(body.documents.map((document: { kind: string }) => document.kind)).toEqual([
      "registration",
      "identity",
      "bank",
    ]);
    expect(Date.parse(body.due_at) - Date.parse(body.submitted_at)).toBe(48 * 3_600_000);
  });

  it("lies sealed in the database: no name, no account number can be read there", async () => {
    await apply(platform, owner.headers);
    const [row] = await platform.owner`
      select sealed from merchant_applications where merchant_id = ${merchant.merchantId}`;
    expect(row?.sealed).toMatch(/^v1\./);
    const [file] = await platform.owner`
      select content from sealed_files where merchant_id = ${merchant.merchantId} limit 1`;
    expect(Buffer.from(file?.content).includes("%PDF")).toBe(false);
    await writeRequests();
    const logged = await platform.owner<{ path: string; bodies: string }[]>`
      select path, concat(request_body, response_body) as bodies from request_log
      where merchant_id = ${merchant.merchantId}`;
    expect(logged.map(({ path }) => path)).toContain("/v1/application");
    expect(logged.filter(({ bodies }) => /林薇|31001520313050006819/.test(bodies))).toEqual([]);
  });

  it("can't be changed while it lies with us", async () => {
    const [file] = await apply(platform, owner.headers);
    for (const [method, path, body] of [
      ["PATCH", "", { legal_name: "Another" }],
      ["POST", "/submit", undefined],
      ["DELETE", `/documents/${file}`, undefined],
      ["POST", "/contract/sign", { name: "Another", sha256: currentContract().sha256 }],
    ] as const) {
      expect(await ask(method, path, body), path).toMatchObject({ status: 409, body: { code: "application_closed" } });
    }
  });

  it.each([
    [{ registration_number: "91350100M000100Y44", country: "CN" }, "registration_number_invalid"],
    [{ bank_country: "DE", bank_account: "DE89 3704 0044 0532 0130 01" }, "bank_account_invalid"],
    [{ bank_country: "CN", bank_account: "31001520313050006819", bank_code: "123" }, "bank_code_invalid"],
    [
      {
        owners: [
          { name: "A", country: "CN", share_percent: 60 },
          { name: "B", country: "CN", share_percent: 50 },
        ],
      },
      "owner_shares_too_large",
    ],
  ])("refuses %o", async (change, code) => {
    expect(await ask("PATCH", "", change)).toMatchObject({ status: 400, body: { code } });
  });

  it("is not sent without its facts, its papers and a signature, one after the other", async () => {
    const refusal = async () => {
      const { body } = await ask("POST", "/submit");
      return `${body.code} ${body.param ?? ""}`.trim();
    };
    expect(await refusal()).toBe("application_incomplete legal_name");
    await ask("PATCH", "", { ...facts, owners: [] });
    expect(await refusal()).toBe("application_incomplete owners");
    await ask("PATCH", "", { owners: facts.owners });
    expect(await refusal()).toBe("application_incomplete documents.registration");
    for (const kind of ["registration", "identity", "bank"]) {
      const { body } = await sendFile(platform, owner.headers, "paper.pdf", pdf);
      await ask("POST", "/documents", { file: body.id, kind });
    }
    expect(await refusal()).toBe("contract_not_signed");
  });

  it("is nobody's business but the owner's and the administrators'", async () => {
    for (const role of ["finance", "operations", "developer", "read_only"] as const) {
      const who = await colleague(platform, merchant.merchantId, role);
      expect((await ask("GET", "", undefined, who)).status).toBe(403);
    }
  });
});

describe("a document", () => {
  it("is told by its bytes, not by its name", async () => {
    const script = Buffer.from("<script>alert(1)</script>");
    expect(await sendFile(platform, owner.headers, "passport.pdf", script)).toMatchObject({
      status: 400,
      body: { code: "file_type_refused" },
    });
    expect(await sendFile(platform, owner.headers, "notes.txt", Buffer.from("hello"))).toMatchObject({
      status: 400,
      body: { code: "file_type_refused" },
    });
  });

  it("is handed out as a file to save, and to no other merchant", async () => {
    const [file] = await apply(platform, owner.headers);
    const answer = await fetch(`${platform.origin}/v1/application/documents/${file}`, { headers: owner.headers });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "application/pdf",
      "x-content-type-options": "nosniff",
      "content-disposition": expect.stringMatching(/^attachment;/),
    });
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(pdf);
    const other = await platform.merchant({}, []);
    const stranger = await colleague(platform, other.merchantId, "owner");
    expect((await ask("GET", `/documents/${file}`, undefined, stranger)).status).toBe(404);
  });

  it("that was taken back is gone", async () => {
    const { body } = await sendFile(platform, owner.headers, "paper.pdf", pdf);
    await ask("POST", "/documents", { file: body.id, kind: "other" });
    expect((await ask("DELETE", `/documents/${body.id}`)).status).toBe(200);
    expect((await ask("GET", `/documents/${body.id}`)).status).toBe(404);
    const left = await platform.owner`select 1 from sealed_files where id = ${body.id}`;
    expect(left).toHaveLength(0);
  });
});

describe("the contract", () => {
  it("is signed with name, version, fingerprint, time, address and browser, for good", async () => {
    const { body } = await ask("GET", "/contract");
    expect(body).toMatchObject({ version: "v1", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const signed = await ask("POST", "/contract/sign", { name: " 林薇 ", sha256: body.sha256 });
    expect(signed).toMatchObject({ status: 201, body: { name: "林薇", version: "v1" } });
    const [row] = await platform.owner`
      select signed_by, ip, user_agent, sha256 from contract_signatures where id = ${signed.body.id}`;
    expect(row).toMatchObject({ signed_by: owner.id, ip: "127.0.0.1", sha256: body.sha256 });
    await expect(
      merchant.ctx.transaction((tx) => tx.db.execute("delete from contract_signatures")),
    ).rejects.toMatchObject({ cause: { code: "42501" } });
  });

  it("is not signed by a key, nor in another text than the one that was shown", async () => {
    const { sha256 } = currentContract();
    const byKey = await platform.call(await merchant.key(), "POST", "/v1/application/contract/sign", {
      name: "Robot",
      sha256,
    });
    expect(byKey).toMatchObject({ status: 403, body: { code: "person_required" } });
    expect(await ask("POST", "/contract/sign", { name: "林薇", sha256: "0".repeat(64) })).toMatchObject({
      status: 409,
      body: { code: "contract_changed" },
    });
  });
});
