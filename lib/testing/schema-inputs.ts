import fc from "fast-check";

/** The part of JSON Schema that our OpenAPI document uses for what it takes. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

/** What breaks programs: of every type, at the edges of what a database, a header or a number can hold. */
export const oddities: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  -(2 ** 63),
  "99999999999999999999999999",
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "😀".repeat(50),
  "\u202eevil",
  "支付".repeat(300),
  "x".repeat(20_000),
  "'; drop table orders; --",
  "../../etc/passwd",
  "%00%ff",
  "{{7*7}}",
  "__proto__",
  "2026-02-31T25:61:61Z",
  "+275760-09-13T00:00:00.001Z",
  "-000001-01-01T00:00:00Z",
  "ord_",
  "NaN",
  [],
  [[]],
  [null],
  {},
  { __proto__: null, constructor: 1 },
];

const mostItems = 3;
const mostDepth = 6;

/**
 * Values that a schema allows, as far as the schema tells.
 *
 * @param known ids and other texts that mean something here, tried now and then wherever a text is wanted
 */
export function valid(
  schema: Schema,
  resolve: (ref: string) => Schema,
  known: readonly string[],
  depth = 0,
): fc.Arbitrary<unknown> {
  const of = (inner: Schema) => valid(inner, resolve, known, depth + 1);
  if (depth > mostDepth) return fc.constant(null);
  if (schema.$ref) return of(resolve(schema.$ref));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(of));
  if (schema.allOf) {
    return fc.tuple(...schema.allOf.map(of)).map((parts) => Object.assign({}, ...(parts as object[])));
  }
  const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? ["string"]);
  return fc.oneof(...types.map((type) => ofType(type, schema, of, known)));
}

function ofType(
  type: string,
  schema: Schema,
  of: (inner: Schema) => fc.Arbitrary<unknown>,
  known: readonly string[],
): fc.Arbitrary<unknown> {
  switch (type) {
    case "object":
      return objectOf(schema, of);
    case "array": {
      const minLength = schema.minItems ?? 0;
      const maxLength = Math.max(minLength, Math.min(schema.maxItems ?? mostItems, mostItems));
      return fc.array(of(schema.items ?? {}), { minLength, maxLength });
    }
    case "integer":
    case "number":
      return fc.integer({
        min: schema.minimum ?? (schema.exclusiveMinimum === undefined ? -1_000 : schema.exclusiveMinimum + 1),
        max: Math.min(schema.maximum ?? 1_000_000, Number.MAX_SAFE_INTEGER),
      });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return textOf(schema, known);
  }
}

function objectOf(schema: Schema, of: (inner: Schema) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {});
  const named = fc.record(Object.fromEntries(properties.map(([name, inner]) => [name, of(inner)])), {
    requiredKeys: [...(schema.required ?? [])].filter((name) => properties.some(([known]) => known === name)),
  });
  if (typeof schema.additionalProperties !== "object") return named;
  const free = fc.dictionary(fc.stringMatching(/^[a-z_]{1,12}$/), of(schema.additionalProperties), { maxKeys: 3 });
  return fc.tuple(free, named).map(([some, rest]) => ({ ...some, ...(rest as object) }));
}

function textOf({ pattern, format, minLength = 0, maxLength = 40 }: Schema, known: readonly string[]) {
  if (format === "date-time") return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  if (format === "date") return fc.constantFrom("2026-01-31", "2026-02-29", "0001-01-01");
  if (format === "email") return fc.emailAddress();
  if (format === "uri" || format === "url") return fc.webUrl();
  const free = fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)), unit: "grapheme" });
  const some = pattern ? (matching(pattern) ?? free) : free;
  return known.length === 0
    ? some
    : fc.oneof({ weight: 3, arbitrary: some }, { weight: 1, arbitrary: fc.constantFrom(...known) });
}

/** Not every expression can be run backwards. */
function matching(pattern: string): fc.Arbitrary<string> | undefined {
  try {
    return fc.stringMatching(new RegExp(pattern));
  } catch {
    return undefined;
  }
}

/** The same value with one thing in it made odd: another type, too much, missing, or one field too many. */
export function nearly(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(value, fc.nat(), fc.constantFrom(...oddities), fc.constantFrom("replace", "drop", "add"))
    .map(([whole, where, odd, how]) => {
      const places = placesIn(whole);
      const path = places[where % Math.max(places.length, 1)] ?? [];
      if (path.length === 0) return how === "add" && isObject(whole) ? { ...whole, unknown_field: odd } : odd;
      return changed(whole, path, (holder, key) => {
        if (how === "drop" && !Array.isArray(holder)) delete holder[key];
        else if (how === "add" && isObject(holder[key])) Object.assign(holder[key], { unknown_field: odd });
        else holder[key] = odd;
      });
    });
}

type Holder = Record<string, unknown>;

function isObject(value: unknown): value is Holder {
  return typeof value === "object" && value !== null;
}

function placesIn(value: unknown, path: readonly string[] = []): string[][] {
  if (!isObject(value)) return [[...path]];
  return [[...path], ...Object.keys(value).flatMap((key) => placesIn(value[key], [...path, key]))];
}

function changed(whole: unknown, path: readonly string[], change: (holder: Holder, key: string) => void): unknown {
  const copy: unknown = structuredClone(whole);
  let holder = copy;
  for (const key of path.slice(0, -1)) holder = isObject(holder) ? holder[key] : undefined;
  const last = path.at(-1);
  if (isObject(holder) && last !== undefined) change(holder, last);
  return copy;
}
