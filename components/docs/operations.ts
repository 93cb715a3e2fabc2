import type { OpenApiDocument, OperationObject, ParameterObject, Schema, Schemas } from "./openapi.ts";

const methods = ["get", "post", "patch", "put", "delete"] as const;
export type Method = (typeof methods)[number];

export interface Answer {
  readonly status: number;
  readonly description: string;
  readonly schema: Schema | undefined;
}

/** One thing that the API can be asked to do. */
export interface Operation {
  /** Its name in the address of its page. */
  readonly slug: string;
  readonly method: Method;
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  readonly permission: string;
  readonly parameters: readonly ParameterObject[];
  readonly body: { readonly schema: Schema; readonly isRequired: boolean } | undefined;
  readonly answers: readonly Answer[];
}

export interface Reference {
  readonly operations: readonly Operation[];
  readonly schemas: Schemas;
}

/** `POST /v1/orders/{id}/capture` is `post-orders-id-capture`. */
export function slugOf(method: string, path: string): string {
  const words = path.replace(/^\/v1\//, "").match(/[a-z0-9]+/g) ?? [];
  return [method, ...words].join("-");
}

function operationOf(method: Method, path: string, source: OperationObject): Operation {
  const body = source.requestBody?.content["application/json"]?.schema;
  return {
    slug: slugOf(method, path),
    method,
    path,
    tag: source.tags?.[0] ?? "",
    summary: source.summary ?? "",
    description: source.description ?? "",
    permission: source["x-permission"] ?? "",
    parameters: source.parameters ?? [],
    body: body && { schema: body, isRequired: source.requestBody?.required ?? false },
    answers: Object.entries(source.responses).map(([status, answer]) => ({
      status: Number(status),
      description: answer.description,
      schema: Object.values(answer.content ?? {})[0]?.schema,
    })),
  };
}

/** The document's operations, in its own order. */
export function readReference(document: OpenApiDocument): Reference {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([name, source]) => {
      const method = methods.find((known) => known === name);
      return method ? [operationOf(method, path, source)] : [];
    }),
  );
  return { operations, schemas: document.components.schemas };
}

export interface OperationGroup {
  readonly tag: string;
  readonly operations: readonly OperationLink[];
}

export type OperationLink = Pick<Operation, "slug" | "method" | "path" | "summary">;

/** For the navigation: by tag, in the order in which the document names the tags. */
export function groupByTag(operations: readonly Operation[]): OperationGroup[] {
  return [...Map.groupBy(operations, (operation) => operation.tag)].map(([tag, members]) => ({
    tag,
    operations: members.map(({ slug, method, path, summary }) => ({ slug, method, path, summary })),
  }));
}

export function answerOf(operation: Operation): Answer | undefined {
  return operation.answers.find((answer) => answer.status < 300);
}
