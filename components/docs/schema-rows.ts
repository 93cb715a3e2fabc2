import { resolveSchema, type Schema, type Schemas, typeOf } from "./openapi.ts";

/** Bounds of a text's length, a number or a list's length; as text, a format or pattern by its own name. */
export type Limit =
  | { readonly of: "characters" | "value" | "entries"; readonly least?: number; readonly most?: number }
  | string;

/** A field of a body or an answer, as the tables show it. */
export interface Row {
  readonly name: string;
  /** The objects that it lies within, as in `items[].`; empty at the top. */
  readonly parent: string;
  readonly depth: number;
  readonly type: string;
  readonly isRequired: boolean;
  readonly description: string;
  readonly limits: readonly Limit[];
  readonly values: readonly string[];
  readonly default: string | undefined;
}

/** One shape of several that a body may have; a body of one shape has no title. */
export interface Shape {
  readonly title: string | undefined;
  readonly rows: readonly Row[];
}

const maxDepth = 3;

export function shapesOf(schema: Schema, schemas: Schemas): Shape[] {
  const resolved = resolveSchema(schema, schemas);
  const variants = resolved.oneOf ?? [];
  if (variants.length === 0) return [{ title: undefined, rows: rowsOf(resolved, schemas, "", 0) }];
  return variants.map((variant) => {
    const shape = resolveSchema(variant, schemas);
    return { title: titleOf(shape), rows: rowsOf(shape, schemas, "", 0) };
  });
}

/** Whether there is anything to send: a body may be allowed and empty. */
export function hasFields(schema: Schema, schemas: Schemas): boolean {
  return shapesOf(schema, schemas).some((shape) => shape.rows.length > 0);
}

/** A variant is called by the one value that tells it from the others: `act: "pay"`. */
function titleOf(shape: Schema): string {
  const fixed = Object.entries(shape.properties ?? {}).find(([, property]) => property.enum?.length === 1);
  return fixed ? `${fixed[0]}: ${JSON.stringify(fixed[1].enum?.[0])}` : "";
}

function rowsOf(schema: Schema, schemas: Schemas, parent: string, depth: number): Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const isRequired = schema.required?.includes(name) ?? false;
    const row = { ...rowOf(name, property, isRequired, schemas), parent, depth };
    const inner = innerObject(property, schemas);
    if (!inner || depth >= maxDepth) return [row];
    const isList = resolveSchema(property, schemas).items !== undefined;
    return [row, ...rowsOf(inner, schemas, `${parent}${name}${isList ? "[]" : ""}.`, depth + 1)];
  });
}

export function rowOf(name: string, schema: Schema, isRequired: boolean, schemas: Schemas): Row {
  const resolved = resolveSchema(schema, schemas);
  const values = resolved.enum ?? (resolved.items && resolveSchema(resolved.items, schemas).enum) ?? [];
  return {
    name,
    parent: "",
    depth: 0,
    type: typeText(resolved, schemas),
    isRequired,
    description: schema.description ?? resolved.description ?? "",
    limits: limitsOf(resolved),
    values: values.filter((value) => value !== null).map(String),
    default: resolved.default === undefined ? undefined : JSON.stringify(resolved.default),
  };
}

function innerObject(schema: Schema, schemas: Schemas): Schema | undefined {
  const resolved = resolveSchema(schema, schemas);
  const candidate = resolved.items ? resolveSchema(resolved.items, schemas) : resolved;
  return candidate.properties ? candidate : undefined;
}

export function typeText(schema: Schema, schemas: Schemas): string {
  const resolved = resolveSchema(schema, schemas);
  const choices = resolved.anyOf ?? resolved.oneOf;
  if (choices) return [...new Set(choices.map((choice) => typeText(choice, schemas)))].join(" or ");
  const { type, isNullable } = typeOf(resolved);
  return plainType(resolved, type, schemas) + (isNullable ? " or null" : "");
}

function plainType(schema: Schema, type: string | undefined, schemas: Schemas): string {
  if (type === undefined) return "any";
  if (type === "array") return schema.items ? `array of ${typeText(schema.items, schemas)}` : "array";
  if (type === "object" && !schema.properties && typeof schema.additionalProperties === "object") {
    const values = typeText(schema.additionalProperties, schemas);
    return values === "any" ? "object" : `map of ${values}`;
  }
  return type;
}

function limitsOf(schema: Schema): Limit[] {
  const limits = [
    range("characters", schema.minLength, schema.maxLength),
    range("value", schema.minimum, schema.maximum),
    range("entries", schema.minItems, schema.maxItems),
    schema.format,
    schema.pattern,
  ];
  return limits.filter((limit) => limit !== undefined);
}

function range(of: "characters" | "value" | "entries", least?: number, most?: number): Limit | undefined {
  if (least === undefined && most === undefined) return undefined;
  return { of, ...(least !== undefined && { least }), ...(most !== undefined && { most }) };
}
