import { type KnownIds, objectOfField } from "./known-ids.ts";
import { resolveSchema, type Schema, type Schemas, typeOf } from "./openapi.ts";

/**
 * A value that the schema allows: its own example first, else its default, its first allowed value, or a plain one.
 *
 * @param fields `sent` leaves out optional fields without an example; `answered` shows every field
 */
export function exampleOf(schema: Schema, schemas: Schemas, fields: "sent" | "answered"): unknown {
  const resolved = resolveSchema(schema, schemas);
  if (resolved.example !== undefined) return structuredClone(resolved.example);
  if (resolved.default !== undefined) return structuredClone(resolved.default);
  const [first] = resolved.oneOf ?? resolved.anyOf ?? [];
  if (first) return exampleOf(first, schemas, fields);
  const { type, isNullable } = typeOf(resolved);
  if (isNullable || type === "null") return null;
  if (resolved.enum) return resolved.enum[0];
  if (type === "object") return objectExample(resolved, schemas, fields);
  if (type === "array") return arrayExample(resolved, schemas, fields);
  if (type === "integer" || type === "number") return resolved.minimum ?? 0;
  if (type === "boolean") return false;
  return textExample(resolved);
}

function objectExample(schema: Schema, schemas: Schemas, fields: "sent" | "answered"): Record<string, unknown> {
  const wanted = Object.entries(schema.properties ?? {}).filter(
    ([name, property]) =>
      fields === "answered" ||
      schema.required?.includes(name) ||
      resolveSchema(property, schemas).example !== undefined,
  );
  return Object.fromEntries(wanted.map(([name, property]) => [name, exampleOf(property, schemas, fields)]));
}

function arrayExample(schema: Schema, schemas: Schemas, fields: "sent" | "answered"): unknown[] {
  const isEmptyFine = fields === "sent" && (schema.minItems ?? 0) === 0;
  return schema.items && !isEmptyFine ? [exampleOf(schema.items, schemas, fields)] : [];
}

function textExample(schema: Schema): string {
  if (schema.format === "date-time") return "2026-03-01T08:30:00.000Z";
  if (schema.format === "email") return "shopper@example.com";
  if (schema.format === "uri") return "https://shop.example";
  return "text".padEnd(schema.minLength ?? 0, "x").slice(0, schema.maxLength);
}

const ownNumbers: Readonly<Record<string, string>> = { merchant_order_no: "SO", merchant_refund_no: "RF" };

/**
 * Makes an example sendable: numbers that must be new each time get `token`, ids of other objects become the ones that
 * the reader has met.
 */
export function freshen(example: unknown, token: string, known: KnownIds): unknown {
  if (typeof example !== "object" || example === null || Array.isArray(example)) return example;
  const entries = Object.entries(example).map(([name, value]) => {
    const prefix = ownNumbers[name];
    if (prefix !== undefined) return [name, `${prefix}-${token}`];
    const object = objectOfField(name);
    return [name, (object && typeof value === "string" && known[object]) || value];
  });
  return Object.fromEntries(entries);
}
