import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { curlOf, shellQuoted } from "./curl.ts";
import { learnIds, objectOfPath } from "./known-ids.ts";
import type { Operation } from "./operations.ts";
import { bodyFault, type Draft, missingParameters, requestOf } from "./request.ts";

const origin = "http://localhost:3000";
const empty: Draft = { path: {}, query: {}, idempotencyKey: "", body: "" };

function operation(changes: Partial<Operation>): Operation {
  return {
    slug: "",
    method: "get",
    path: "/v1/orders",
    tag: "",
    summary: "",
    description: "",
    permission: "",
    parameters: [],
    body: undefined,
    answers: [],
    ...changes,
  };
}

const idempotencyHeader = { name: "idempotency-key", in: "header", schema: {} } as const;
const create = operation({ method: "post", parameters: [idempotencyHeader], body: { schema: {}, isRequired: true } });

describe("requestOf", () => {
  it("puts parameters where they belong, escaped, and leaves empty filters out", () => {
    const read = operation({ path: "/v1/orders/{id}" });
    const draft = { ...empty, path: { id: "ord/1?" }, query: { expand: "latest attempt", status: "" } };
    expect(requestOf(read, draft, origin, "sk_test_1").url).toBe(
      "http://localhost:3000/v1/orders/ord%2F1%3F?expand=latest+attempt",
    );
  });

  it("sends an Idempotency-Key only where the operation takes one", () => {
    const draft = { ...empty, idempotencyKey: "k-1" };
    expect(requestOf(create, draft, origin, "k").headers["idempotency-key"]).toBe("k-1");
    expect(requestOf(operation({ method: "post" }), draft, origin, "k").headers).toEqual({ authorization: "Bearer k" });
  });

  it("names the required parameters that are still empty", () => {
    const parameters = [
      { name: "id", in: "path", required: true, schema: {} },
      { name: "from", in: "query", required: true, schema: {} },
      { name: "limit", in: "query", schema: {} },
    ] as const;
    expect(missingParameters(operation({ parameters }), { ...empty, query: { from: "x" } })).toEqual(["id"]);
  });

  it.each([
    ["", undefined],
    ['{"a":1}', undefined],
    ["[1]", "not_object"],
    ["null", "not_object"],
    ['{"a":1', "not_json"],
  ])("says of the body %j: %s", (text, fault) => {
    expect(bodyFault(text)).toBe(fault);
  });
});

describe("curlOf", () => {
  it("writes the command that a reader would", () => {
    const draft = { ...empty, idempotencyKey: "order-1", body: '{"amount":8800}' };
    expect(curlOf(requestOf(create, draft, origin, "$TEST_KEY"))).toBe(
      [
        "curl -s 'http://localhost:3000/v1/orders' \\",
        '  -H "Authorization: Bearer $TEST_KEY" \\',
        "  -H 'Idempotency-Key: order-1' \\",
        "  -H 'Content-Type: application/json' \\",
        `  -d '{"amount":8800}'`,
      ].join("\n"),
    );
  });

  it.each([
    ["get", undefined, "curl -s 'http"],
    ["delete", undefined, "curl -s -X DELETE 'http"],
    ["post", undefined, "curl -s -X POST 'http"],
    ["patch", "{}", "curl -s -X PATCH 'http"],
  ] as const)("names the method of a %s with body %s where curl would guess another", (method, body, start) => {
    const request = requestOf(
      operation({ method, body: { schema: {}, isRequired: false } }),
      { ...empty, body: body ?? "" },
      origin,
      "k",
    );
    expect(curlOf(request).startsWith(start)).toBe(true);
  });

  it("survives the shell with quotes, dollars and backticks in the body", () => {
    const text = `it's $HOME, \`id\`, "quoted" and \\ back`;
    const output = execFileSync("/bin/sh", ["-c", `printf %s ${shellQuoted(text)}`], { encoding: "utf8" });
    expect(output).toBe(text);
  });
});

const orderId = "ord_7k2m9xqa01kajv4s9b3n5t8cwz2e";
const attemptId = "att_7k2m9xqa01kajv5d2f6g8h1jkmnp";
const olderOrderId = "ord_7k2m9xqa01kaje4s9b3n5t8cwz2e";

describe("learnIds", () => {
  it("learns an order and the attempt that it names", () => {
    expect(learnIds({}, { object: "order", id: orderId, latest_attempt: attemptId })).toEqual({
      order: orderId,
      attempt: attemptId,
    });
  });

  it("takes the first of a list, and keeps what it knew of other objects", () => {
    const list = {
      object: "list",
      data: [
        { object: "order", id: orderId },
        { object: "order", id: olderOrderId },
      ],
    };
    expect(learnIds({ order: "old", refund: "re_1" }, list)).toEqual({ order: orderId, refund: "re_1" });
  });

  it("learns nothing from a problem or from what only looks like an id", () => {
    expect(learnIds({ order: orderId }, { code: "not_found", id: "ord_1", order: "SO-1" })).toEqual({ order: orderId });
  });

  it.each([
    ["/v1/orders/{id}", "order"],
    ["/v1/test/orders/{id}/act", "order"],
    ["/v1/webhook_deliveries/{id}/resend", "webhook_delivery"],
    ["/v1/api_keys/{id}", "api_key"],
    ["/v1/orders", undefined],
  ])("knows whose id %s takes", (path, object) => {
    expect(objectOfPath(path)).toBe(object);
  });
});
