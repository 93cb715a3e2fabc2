import { describe, expect, it } from "vitest";
import { freshDraft, newToken } from "./draft.ts";
import type { Operation } from "./operations.ts";

const now = new Date("2026-03-08T12:00:00Z");
const known = { order: "ord_mine", api_key: "key_mine" };
const id = { name: "id", in: "path", required: true, schema: { type: "string" } } as const;

function operation(changes: Partial<Operation>): Operation {
  return {
    slug: "",
    method: "get",
    path: "/v1/orders/{id}",
    tag: "",
    summary: "",
    description: "",
    permission: "",
    parameters: [id],
    body: undefined,
    answers: [],
    ...changes,
  };
}

describe("freshDraft", () => {
  it("goes on with the object that the reader met last", () => {
    expect(freshDraft(operation({}), undefined, known, "k3", now)).toEqual({
      path: { id: "ord_mine" },
      query: {},
      idempotencyKey: "try-k3",
      body: "",
    });
  });

  it("leaves the id of what would be deleted to the reader", () => {
    const revoke = operation({ method: "delete", path: "/v1/api_keys/{id}" });
    expect(freshDraft(revoke, undefined, known, "k3", now).path).toEqual({ id: "" });
  });

  it("fills required filters only, a period with the last week", () => {
    const time = { type: "string", format: "date-time" } as const;
    const parameters = [
      { name: "account", in: "query", required: true, schema: { type: "string", example: "merchant_pending" } },
      { name: "from", in: "query", required: true, schema: time },
      { name: "to", in: "query", required: true, schema: time },
      { name: "limit", in: "query", schema: { type: "integer", default: 20 } },
    ] as const;
    expect(freshDraft(operation({ parameters }), undefined, known, "k3", now).query).toEqual({
      account: "merchant_pending",
      from: "2026-03-01T12:00:00.000Z",
      to: "2026-03-08T12:00:00.000Z",
    });
  });

  it("writes a body with the merchant's number made new", () => {
    const draft = freshDraft(operation({}), { merchant_order_no: "SO-1", amount: 8800 }, known, "k3", now);
    expect(JSON.parse(draft.body)).toEqual({ merchant_order_no: "SO-k3", amount: 8800 });
  });
});

describe("newToken", () => {
  it("fits the merchant's numbers and differs each time", () => {
    const tokens = Array.from({ length: 20 }, () => newToken(now));
    expect(new Set(tokens).size).toBe(20);
    expect(tokens.filter((token) => !/^[0-9a-z]{9,20}$/.test(token))).toEqual([]);
  });
});
