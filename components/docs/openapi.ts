/** The part of OpenAPI 3.1 and JSON Schema that our own document makes use of. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly example?: unknown;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

export type Schemas = Readonly<Record<string, Schema>>;

interface Content {
  readonly [type: string]: { readonly schema: Schema } | undefined;
}

export interface ParameterObject {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Schema;
}

export interface OperationObject {
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly "x-permission"?: string;
  readonly parameters?: readonly ParameterObject[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
}

export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: { readonly schemas: Schemas };
}

const refPrefix = "#/components/schemas/";

/** What a schema means: references followed, `allOf` melted into one object. */
export function resolveSchema(schema: Schema, schemas: Schemas): Schema {
  if (schema.$ref !== undefined) {
    const target = schemas[schema.$ref.slice(refPrefix.length)];
    if (!target) throw new Error(`the document has no ${schema.$ref}`);
    return resolveSchema(target, schemas);
  }
  if (!schema.allOf) return schema;
  const { allOf, ...own } = schema;
  const parts = allOf.map((part) => resolveSchema(part, schemas));
  return {
    ...Object.assign({}, ...parts.map(({ example: _, ...part }) => part)),
    ...own,
    properties: Object.assign({}, ...parts.map((part) => part.properties), own.properties),
    required: [...parts, own].flatMap((part) => part.required ?? []),
  };
}

/** The type of a schema, and whether `null` is allowed beside it. */
export function typeOf(schema: Schema): { type: string | undefined; isNullable: boolean } {
  const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? []);
  const type = types.find((name) => name !== "null");
  return type === undefined ? { type: types[0], isNullable: false } : { type, isNullable: types.includes("null") };
}
