import { curlOf, headerNames, keyVariable } from "./curl.ts";
import type { Request } from "./request.ts";

/** A header's value as an expression; the key that the reader has not given yet comes from the environment. */
function headerLines(request: Request, quoted: (text: string) => string, bearer: string, end: string): string[] {
  return Object.entries(request.headers).map(([name, value]) => {
    const shown = value === `Bearer ${keyVariable}` ? bearer : quoted(value);
    return `${quoted(headerNames[name] ?? name)}: ${shown}${end}`;
  });
}

/** JSON as the reader wrote it where it is valid, on as many lines. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const indented = (text: string, by: string) => text.replaceAll("\n", `\n${by}`);

/** The same request for Node 18 or newer, without a package. */
export function nodeOf(request: Request): string {
  const value = request.body === undefined ? undefined : parsed(request.body);
  const body =
    request.body === undefined
      ? []
      : [
          value === undefined
            ? `  body: ${JSON.stringify(request.body)},`
            : `  body: JSON.stringify(${indented(JSON.stringify(value, null, 2), "  ")}),`,
        ];
  return [
    `const response = await fetch(${JSON.stringify(request.url)}, {`,
    `  method: "${request.method}",`,
    "  headers: {",
    ...headerLines(request, (text) => JSON.stringify(text), '"Bearer " + process.env.TEST_KEY', ",").map(
      (line) => `    ${line}`,
    ),
    "  },",
    ...body,
    "});",
    "console.log(response.status, await response.json());",
  ].join("\n");
}

/** JSON's own literals are Python's but for three words. */
function pythonLiteral(value: unknown, by = ""): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  const inner = `${by}    `;
  const entries = Array.isArray(value)
    ? value.map((each) => `${inner}${pythonLiteral(each, inner)},`)
    : Object.entries(value).map(([name, each]) => `${inner}${JSON.stringify(name)}: ${pythonLiteral(each, inner)},`);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return entries.length === 0 ? `${open}${close}` : [open, ...entries, `${by}${close}`].join("\n");
}

/** The same request for Python 3.8 or newer, without a package. */
export function pythonOf(request: Request): string {
  const value = request.body === undefined ? undefined : parsed(request.body);
  const data =
    request.body === undefined
      ? []
      : [
          value === undefined
            ? `    data=${JSON.stringify(request.body)}.encode(),`
            : `    data=json.dumps(${pythonLiteral(value, "    ")}).encode(),`,
        ];
  const headers = headerLines(request, (text) => JSON.stringify(text), "f\"Bearer {os.environ['TEST_KEY']}\"", ",");
  return [
    "import json",
    ...(headers.some((line) => line.includes("os.environ")) ? ["import os"] : []),
    "import urllib.error",
    "import urllib.request",
    "",
    "request = urllib.request.Request(",
    `    ${JSON.stringify(request.url)},`,
    `    method="${request.method}",`,
    "    headers={",
    ...headers.map((line) => `        ${line}`),
    "    },",
    ...data,
    ")",
    "try:",
    "    answer = urllib.request.urlopen(request)",
    "except urllib.error.HTTPError as refused:",
    "    answer = refused",
    "print(answer.status, json.load(answer))",
  ].join("\n");
}

/** The request in every language that the reference shows. */
export function codeOf(request: Request): { name: string; code: string }[] {
  return [
    { name: "curl", code: curlOf(request) },
    { name: "Node", code: nodeOf(request) },
    { name: "Python", code: pythonOf(request) },
  ];
}
