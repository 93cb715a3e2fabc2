import type { Request } from "./request.ts";

/** Stands for a key that the reader has not given; the shell fills it in. */
export const keyVariable = "$TEST_KEY";

export const headerNames: Readonly<Record<string, string>> = {
  authorization: "Authorization",
  "idempotency-key": "Idempotency-Key",
  "content-type": "Content-Type",
};

/** For a POSIX shell: nothing within is expanded, and a quote ends, is escaped and starts again. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** In double quotes, for the one header whose `$TEST_KEY` the shell must fill in. */
function header(name: string, value: string): string {
  const line = `${headerNames[name] ?? name}: ${value}`;
  return value.endsWith(keyVariable) ? `"${line}"` : shellQuoted(line);
}

/** The same request as a command to copy into a terminal. */
export function curlOf(request: Request): string {
  const implied = request.body === undefined ? "GET" : "POST";
  const method = request.method === implied ? "" : `-X ${request.method} `;
  const lines = [
    `curl -s ${method}${shellQuoted(request.url)}`,
    ...Object.entries(request.headers).map(([name, value]) => `-H ${header(name, value)}`),
    ...(request.body === undefined ? [] : [`-d ${shellQuoted(request.body)}`]),
  ];
  return lines.join(" \\\n  ");
}
