import { execFile, execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApi } from "#lib/api/app";
import { exampleOf } from "./example.ts";
import type { OpenApiDocument } from "./openapi.ts";
import { readReference } from "./operations.ts";
import { requestOf } from "./request.ts";
import { codeOf, nodeOf, pythonOf } from "./request-code.ts";

const run = promisify(execFile);
let server: Server;
let origin: string;
let received: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    received.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
    const status = request.url === "/v1/refused" ? 409 : 200;
    response.writeHead(status, { "content-type": "application/json" }).end('{"ok":true}');
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const hasPython = spawnSync("python3", ["--version"]).status === 0;
const environment = { ...process.env, TEST_KEY: "sk_test_secret" };

const body = {
  subject: 'Tea\'s "finest" 龙井 \\ $HOME',
  items: [
    { name: "a", quantity: 1 },
    { name: "b", gift: true, note: null },
  ],
  empty: {},
};
const request = () => ({
  method: "POST",
  url: `${origin}/v1/orders?limit=2&text=a%20b`,
  headers: {
    authorization: "Bearer $TEST_KEY",
    "idempotency-key": 'k"1',
    "content-type": "application/json",
  },
  body: JSON.stringify(body, null, 2),
});

describe("the code of a request", () => {
  const languages = [
    { name: "Node", isHere: true, command: process.execPath, flags: ["--input-type=module", "-e"], codeFrom: nodeOf },
    { name: "Python", isHere: hasPython, command: "python3", flags: ["-c"], codeFrom: pythonOf },
  ];
  for (const { name, isHere, command, flags, codeFrom } of languages) {
    it.skipIf(!isHere)(`in ${name} sends just that request`, async () => {
      received = [];
      const { stdout } = await run(command, [...flags, codeFrom(request())], { env: environment });
      expect(stdout).toContain("200");
      expect(received).toHaveLength(1);
      expect(received[0]).toMatchObject({
        method: "POST",
        url: "/v1/orders?limit=2&text=a%20b",
        headers: {
          authorization: "Bearer sk_test_secret",
          "idempotency-key": 'k"1',
          "content-type": "application/json",
        },
      });
      expect(JSON.parse(received[0]?.body ?? "")).toEqual(body);
    });
  }

  it.skipIf(!hasPython)("in Python shows a refusal too, and needs no environment when the key is given", async () => {
    const given = { ...request(), url: `${origin}/v1/refused`, headers: { authorization: "Bearer sk_test_1" } };
    const { stdout } = await run("python3", ["-c", pythonOf(given)]);
    expect(stdout).toContain("409");
    expect(received.at(-1)?.headers.authorization).toBe("Bearer sk_test_1");
  });

  it("keeps a body that is no JSON as the reader wrote it", () => {
    expect(nodeOf({ ...request(), body: "{" })).toContain('body: "{"');
  });
});

const document = (await (await createApi().request("/v1/openapi.json")).json()) as OpenApiDocument;
const { operations, schemas } = readReference(document);

it.skipIf(!hasPython)("is valid Python and JavaScript for every operation", () => {
  const python: string[] = [];
  for (const operation of operations) {
    const example = operation.body ? JSON.stringify(exampleOf(operation.body.schema, schemas, "sent"), null, 2) : "";
    const draft = { path: { id: "id_1" }, query: {}, idempotencyKey: "k", body: example };
    const [curl, node, py] = codeOf(requestOf(operation, draft, "https://pay.example", "$TEST_KEY"));
    expect(curl?.code).toContain("curl -s");
    // Parsed and not run: the statements wait at the top level, as in a module.
    expect(() => new Function(`return async () => { ${node?.code} }`)).not.toThrow();
    python.push(py?.code ?? "");
  }
  const check = "import ast, json, sys\nfor code in json.load(sys.stdin): ast.parse(code)";
  execFileSync("python3", ["-c", check], { input: JSON.stringify(python) });
  expect(python.length).toBe(operations.length);
});
