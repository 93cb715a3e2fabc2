import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createApi } from "#lib/api/app";
import { exampleOf, freshen } from "./example.ts";
import { type OpenApiDocument, resolveSchema, type Schema, type Schemas } from "./openapi.ts";
import { readReference } from "./operations.ts";

const document = (await (await createApi().request("/v1/openapi.json")).json()) as OpenApiDocument;
const { operations, schemas } = readReference(document);

/** The schema without references and with `allOf` as one object, as zod's reader of JSON Schema wants it. */
function plain(schema: Schema, all: Schemas): Schema {
  const resolved = resolveSchema(schema, all);
  const inner = (one: Schema) => plain(one, all);
  const { example: _, ...rest } = resolved;
  return {
    ...rest,
    ...(rest.format === "ip" && { format: "ipv4" }),
    ...(rest.properties && {
      properties: Object.fromEntries(Object.entries(rest.properties).map(([name, one]) => [name, inner(one)])),
    }),
    ...(rest.items && { items: inner(rest.items) }),
    ...(rest.anyOf && { anyOf: rest.anyOf.map(inner) }),
    ...(rest.oneOf && { oneOf: rest.oneOf.map(inner) }),
  };
}

function faults(schema: Schema, value: unknown): string[] {
  const checked = z.fromJSONSchema(plain(schema, schemas) as Parameters<typeof z.fromJSONSchema>[0]).safeParse(value);
  return checked.success ? [] : checked.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
}

describe("the examples of the API's own document", () => {
  it.each(operations.flatMap(({ slug, body }) => (body ? [{ slug, body }] : [])))(
    "$slug: the body is one that its schema allows",
    ({ body }) => {
      expect(faults(body.schema, exampleOf(body.schema, schemas, "sent"))).toEqual([]);
    },
  );

  it.each(
    operations.flatMap(({ slug, answers }) =>
      answers.flatMap(({ status, schema }) => (schema && status < 300 ? [{ slug, schema }] : [])),
    ),
  )("$slug: the answer is one that its schema allows", ({ schema }) => {
    expect(faults(schema, exampleOf(schema, schemas, "answered"))).toEqual([]);
  });

  it("notices an example that its schema refuses", () => {
    const body = operations.find((operation) => operation.slug === "post-orders")?.body?.schema ?? {};
    expect(faults(body, { amount: "8800" })).not.toEqual([]);
  });
});

describe("exampleOf", () => {
  const one: Schemas = { Colour: { type: "string", enum: ["red", "blue"] } };

  it.each<[string, Schema, unknown]>([
    ["its own example before everything", { type: "integer", example: 8800, default: 1 }, 8800],
    ["then the default", { type: "string", default: "desktop", enum: ["mobile", "desktop"] }, "desktop"],
    ["then the first allowed value, through a reference", { $ref: "#/components/schemas/Colour" }, "red"],
    ["the lowest number allowed", { type: "integer", minimum: 3 }, 3],
    ["the first of several shapes", { oneOf: [{ type: "object", properties: {} }, { type: "string" }] }, {}],
    ["a text long enough", { type: "string", minLength: 6 }, "textxx"],
    ["nothing where nothing is allowed", { type: ["string", "null"] }, null],
  ])("gives %s", (_label, schema, expected) => {
    expect(exampleOf(schema, one, "sent")).toEqual(expected);
  });

  const order: Schema = {
    type: "object",
    required: ["no"],
    properties: {
      no: { type: "string", example: "SO-1" },
      note: { type: "string" },
      url: { type: "string", example: "u" },
    },
  };

  it("sends what is required or has an example, and shows every field of an answer", () => {
    expect(exampleOf(order, {}, "sent")).toEqual({ no: "SO-1", url: "u" });
    expect(exampleOf(order, {}, "answered")).toEqual({ no: "SO-1", note: "text", url: "u" });
  });

  it("never hands out the document's own object", () => {
    const schema: Schema = { example: { tags: ["a"] } };
    const copy = exampleOf(schema, {}, "sent") as { tags: string[] };
    copy.tags.push("b");
    expect(schema.example).toEqual({ tags: ["a"] });
  });
});

describe("freshen", () => {
  it("makes the merchant's own numbers new and puts in the ids that the reader has met", () => {
    const example = { order: "ord_example", amount: 3000, merchant_refund_no: "RF-1" };
    expect(freshen(example, "k3", { order: "ord_mine", refund: "re_mine" })).toEqual({
      order: "ord_mine",
      amount: 3000,
      merchant_refund_no: "RF-k3",
    });
  });

  it("keeps the example's id while the reader has met none", () => {
    expect(freshen({ endpoint: "we_example" }, "k3", {})).toEqual({ endpoint: "we_example" });
  });
});
