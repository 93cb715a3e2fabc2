import { describe, expect, it } from "vitest";
import type { Schema, Schemas } from "./openapi.ts";
import { hasFields, shapesOf, typeText } from "./schema-rows.ts";

const schemas: Schemas = {
  Item: { type: "object", required: ["name"], properties: { name: { type: "string", minLength: 1, maxLength: 200 } } },
  Base: { type: "object", required: ["method"], properties: { method: { type: "string", enum: ["card", "alipay"] } } },
};

describe("typeText", () => {
  it.each<[string, Schema]>([
    ["integer", { type: "integer" }],
    ["string or null", { type: ["string", "null"] }],
    ["array of string", { type: "array", items: { type: "string" } }],
    ["array of object", { type: "array", items: { $ref: "#/components/schemas/Item" } }],
    ["map of string", { type: "object", additionalProperties: { type: "string" } }],
    ["string or object or null", { anyOf: [{ type: "string" }, { type: "object" }, { type: "null" }] }],
  ])("says %s", (text, schema) => {
    expect(typeText(schema, schemas)).toBe(text);
  });
});

describe("shapesOf", () => {
  it("lists the fields of an object within under its name, with their bounds", () => {
    const order: Schema = {
      type: "object",
      properties: { items: { type: "array", maxItems: 9, items: { $ref: "#/components/schemas/Item" } } },
    };
    expect(shapesOf(order, schemas)).toEqual([
      {
        title: undefined,
        rows: [
          expect.objectContaining({
            name: "items",
            parent: "",
            depth: 0,
            isRequired: false,
            limits: [{ of: "entries", most: 9 }],
          }),
          expect.objectContaining({
            name: "name",
            parent: "items[].",
            depth: 1,
            isRequired: true,
            limits: [{ of: "characters", least: 1, most: 200 }],
          }),
        ],
      },
    ]);
  });

  it("shows a schema that extends another as one, with what both require", () => {
    const extended: Schema = {
      allOf: [
        { $ref: "#/components/schemas/Base" },
        { type: "object", properties: { device: { type: "string", default: "desktop" } } },
      ],
    };
    const [shape] = shapesOf(extended, schemas);
    expect(
      shape?.rows.map(({ name, isRequired, values, default: usual }) => ({ name, isRequired, values, usual })),
    ).toEqual([
      { name: "method", isRequired: true, values: ["card", "alipay"], usual: undefined },
      { name: "device", isRequired: false, values: [], usual: '"desktop"' },
    ]);
  });

  it("names each of several shapes by the value that tells it apart", () => {
    const act = (value: string): Schema => ({ type: "object", properties: { act: { type: "string", enum: [value] } } });
    expect(shapesOf({ oneOf: [act("pay"), act("cancel")] }, schemas).map((shape) => shape.title)).toEqual([
      'act: "pay"',
      'act: "cancel"',
    ]);
  });

  it("knows a body in which nothing can be said", () => {
    expect(hasFields({ type: "object", properties: {} }, schemas)).toBe(false);
    expect(hasFields({ $ref: "#/components/schemas/Item" }, schemas)).toBe(true);
  });
});
