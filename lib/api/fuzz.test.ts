import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { nearly, oddities, type Schema, valid } from "#lib/testing/schema-inputs";
import { attemptsOfOrder, paidOrder, refund } from "#lib/testing/shop";
import { createEndpoint } from "#lib/webhooks/create-endpoint";

/** FUZZ_SEED=… repeats or varies a run, FUZZ_RUNS=… makes it longer; what fails is printed with the seed and the path. */
const seed = Number(process.env.FUZZ_SEED || "4");
const runsPerOperation = Number(process.env.FUZZ_RUNS || "12");

interface Parameter {
  readonly in: "path" | "query" | "header";
  readonly name: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}
interface Content {
  readonly [type: string]: { readonly schema?: Schema };
}
interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Omit<Operation, "name" | "method" | "path">>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
interface Request {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

let platform: Platform;
let document: Document;
let operations: readonly Operation[];
let key: string;
/** Ids of the caller and of the other merchant, which must not be told apart from ids of nothing. */
let ids: readonly string[];
let other: TestMerchant;
const validators = new Map<Schema, ValidateFunction>();
const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: false }));

beforeAll(async () => {
  platform = await startPlatform();
  const mine = await platform.merchant({}, ["wechatpay"]);
  other = await platform.merchant({}, ["wechatpay"]);
  key = await mine.key();
  ids = [...(await idsOf(mine)), ...(await idsOf(other))];
  document = (await platform.call(undefined, "GET", "/v1/openapi.json")).body as Document;
  ajv.addSchema({ $id: "api", components: document.components });
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      ...operation,
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
    })),
  );
}, 120_000);
afterAll(() => platform.end());

async function idsOf({ ctx, merchantId, accounts }: TestMerchant): Promise<string[]> {
  const order = await paidOrder(platform, ctx);
  const [attempt] = await attemptsOfOrder(ctx, order.id);
  const made = await refund(ctx, order.id, 100);
  const { endpoint } = { endpoint: await createEndpoint(ctx, { url: "http://127.0.0.1:9/hook", eventTypes: ["*"] }) };
  await platform.deliverWebhooks();
  const [event] = await platform.owner<
    { id: string }[]
  >`select id from events where merchant_id = ${merchantId} limit 1`;
  return [
    order.id,
    attempt?.id,
    made.id,
    JSON.stringify(endpoint).match(/we_\w+/)?.[0],
    event?.id,
    accounts.wechatpay?.id,
  ].filter((id) => id !== undefined);
}

const resolve = (ref: string) => document.components.schemas[ref.split("/").at(-1) ?? ""] ?? {};

/** Mostly what the document allows, often with one thing wrong, sometimes nonsense. */
function requests(operation: Operation): fc.Arbitrary<Request> {
  const some = (schema: Schema | undefined) => {
    const good = valid(schema ?? {}, resolve, ids);
    return fc.oneof({ weight: 4, arbitrary: good }, { weight: 1, arbitrary: fc.constantFrom(...oddities) });
  };
  const inPlace = (place: Parameter["in"]) =>
    (operation.parameters ?? []).filter((parameter) => parameter.in === place);
  const record = (place: Parameter["in"]) =>
    fc.record(Object.fromEntries(inPlace(place).map(({ name, schema }) => [name, some(schema)])), {
      requiredKeys: inPlace(place).flatMap(({ name, required }) => (required ? [name] : [])),
    });
  const bodySchema = operation.requestBody?.content["application/json"]?.schema;
  const body = valid(bodySchema ?? {}, resolve, ids);
  return fc.record({
    params: fc.record(
      Object.fromEntries(
        inPlace("path").map(({ name, schema }) => [
          name,
          fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: some(schema) }),
        ]),
      ),
    ),
    query: record("query"),
    headers: record("header").map(asHeaders),
    body: bodySchema
      ? fc.oneof({ weight: 2, arbitrary: body }, { weight: 3, arbitrary: nearly(body) })
      : fc.constant(undefined),
  });
}

/** A header holds what HTTP lets through; the rest would not leave the client. */
function asHeaders(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      text(value)
        .replaceAll(/[^\x20-\x7e\xa0-\xff]/g, "?")
        .trim(),
    ]),
  );
}

function text(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

async function send(operation: Operation, request: Request, authorization: string | undefined): Promise<Response> {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    // An address of dots alone would be another address.
    encodeURIComponent(text(request.params[name]).toWellFormed().slice(0, 2_000)).replaceAll(/^\.*$/g, "none"),
  );
  const query = new URLSearchParams(
    Object.entries(request.query).map(([name, value]) => [name, text(value).toWellFormed().slice(0, 4_000)]),
  );
  return fetch(`${platform.origin}${path}${query.size > 0 ? `?${query}` : ""}`, {
    method: operation.method,
    headers: {
      // While a long property is made up, the server ends a kept connection just as it is used.
      connection: "close",
      ...(request.body !== undefined && { "content-type": "application/json" }),
      ...request.headers,
      ...(authorization && { authorization }),
    },
    ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
  });
}

/** Whether an answer is one that the document promises, of the promised form, and tells nothing of another merchant. */
async function judge(operation: Operation, request: Request, response: Response): Promise<void> {
  const answer = await response.text();
  const what = `${operation.name} answered ${response.status} ${answer.slice(0, 600)}`;
  expect(response.status, what).toBeLessThan(500);
  expect(foreignIds(request, answer), what).toEqual([]);
  const documented = operation.responses[response.status];
  expect(documented, `${what}: a status that the document does not name`).toBeDefined();
  const type = (response.headers.get("content-type") ?? "").split(";", 1)[0] ?? "";
  const content = documented?.content;
  if (!content) return expect(answer, what).toBe("");
  expect(Object.keys(content), `${what}: a content type that the document does not name`).toContain(type);
  const schema = content[type]?.schema;
  if (!schema || !type.endsWith("json")) return;
  const validate = validatorOf(schema);
  expect(validate(JSON.parse(answer)), `${what}: ${ajv.errorsText(validate.errors)}`).toBe(true);
}

/** Ids of the other merchant that the request did not bring along itself. */
function foreignIds(request: Request, answer: string): string[] {
  const sent = JSON.stringify(request);
  const tokens = answer.match(new RegExp(`\\w*${other.merchantId.replace("mer_", "")}\\w*`, "g")) ?? [];
  return tokens.filter((token) => !sent.includes(token));
}

function validatorOf(schema: Schema): ValidateFunction {
  const known = validators.get(schema);
  if (known) return known;
  const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components')) as object;
  const made = ajv.compile(absolute);
  validators.set(schema, made);
  return made;
}

const settings = { seed, numRuns: runsPerOperation, endOnFailure: true } as const;

it("answers whatever a merchant's program asks as the document says, and nothing of another merchant", async () => {
  const failures: string[] = [];
  for (const operation of operations) {
    const property = fc.asyncProperty(requests(operation), async (request) => {
      const response = await send(operation, request, `Bearer ${key}`);
      await judge(operation, request, response);
      // The key may have been ended by the request itself.
      if (response.status === 401) key = await (await platform.merchant({}, [])).key();
    });
    const { failed, errorInstance, counterexample, counterexamplePath } = await fc.check(property, settings);
    if (!failed) continue;
    const why = errorInstance instanceof Error ? errorInstance.message.split("\n", 1)[0] : String(errorInstance);
    const cause = errorInstance instanceof Error && errorInstance.cause ? ` (${errorInstance.cause})` : "";
    failures.push(
      `${operation.name}: ${why}${cause}\n  for ${JSON.stringify(counterexample).slice(0, 600)}\n  path ${counterexamplePath}, seed ${seed}`,
    );
  }
  expect(failures.join("\n\n")).toBe("");
}, 240_000);

it("answers nobody without a key or a session, whatever is asked", async () => {
  for (const operation of operations) {
    const property = fc.asyncProperty(requests(operation), async (request) => {
      const response = await send(operation, request, undefined);
      expect([400, 401, 415], operation.name).toContain(response.status);
      await judge(operation, request, response);
    });
    await fc.assert(property, { ...settings, numRuns: 2 });
  }
}, 60_000);
