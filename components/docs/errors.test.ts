import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createApi } from "#lib/api/app";
import { type ErrorKind, errorKinds } from "#lib/kernel/errors";
import en from "#messages/en.json" with { type: "json" };
import { statusesOf } from "./error-kinds.ts";
import type { OpenApiDocument } from "./openapi.ts";
import { errorsOf, ownErrors } from "./operation-errors.ts";
import { readReference } from "./operations.ts";

const document = (await (await createApi().request("/v1/openapi.json")).json()) as OpenApiDocument;
const { operations } = readReference(document);

/** Code and kind of each error as the sources throw them, word for word. */
function thrownInSources(): { code: string; status: number }[] {
  const files = readdirSync("lib", { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.startsWith("simulators"),
  );
  const pattern = /(?:new AppError\(|super\()\s*"([a-z_]+)",\s*"([a-z_]+)"/g;
  return files
    .flatMap((file) => [...readFileSync(join("lib", file), "utf8").matchAll(pattern)])
    .filter(([, kind, code]) => Object.hasOwn(errorKinds, kind ?? "") && Object.hasOwn(en.errors, code ?? ""))
    .map(([, kind, code]) => ({ code: code ?? "", status: errorKinds[kind as ErrorKind] }));
}

describe("the statuses on the page of errors", () => {
  it("are those that the code answers with; a new code belongs into error-kinds.ts", () => {
    const thrown = thrownInSources();
    expect(thrown.length).toBeGreaterThan(20);
    expect(thrown.filter(({ code, status }) => !statusesOf(code).includes(status))).toEqual([]);
  });

  it("keep both of a code that comes with two", () => {
    expect(statusesOf("not_simulated")).toEqual([404, 409]);
    expect(statusesOf("no_such_code")).toEqual([]);
  });
});

describe("the errors of an operation", () => {
  it("are listed for operations that exist", () => {
    const slugs = new Set(operations.map((operation) => operation.slug));
    expect(slugs.size).toBe(operations.length);
    expect(Object.keys(ownErrors).filter((slug) => !slugs.has(slug))).toEqual([]);
  });

  it.each(operations)("$slug: each has a sentence and a status, once", (operation) => {
    const codes = errorsOf(operation).map((error) => error.code);
    expect(codes.filter((code) => !Object.hasOwn(en.errors, code) || statusesOf(code).length === 0)).toEqual([]);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it.each(operations)(
    "$slug: the document names a status of each of its own; a route names more in `problems`",
    (operation) => {
      const declared = operation.answers.map((answer) => answer.status);
      const unnamed = errorsOf(operation).filter(
        ({ code }) => !statusesOf(code).some((status) => declared.includes(status)),
      );
      expect(unnamed.map(({ code }) => code)).toEqual([]);
    },
  );

  it.each(operations)("$slug: the document names no status that it can't answer with", (operation) => {
    const possible = new Set(errorsOf(operation).flatMap(({ code }) => statusesOf(code)));
    // A change may meet another one, so that 409 is never out of the question there.
    if (operation.method !== "get") possible.add(409);
    const refusals = operation.answers.map((answer) => answer.status).filter((status) => status >= 400);
    expect(refusals.filter((status) => !possible.has(status))).toEqual([]);
  });

  it("name a missing object only where an id is asked for", () => {
    const codesOf = (slug: string) =>
      operations
        .filter((operation) => operation.slug === slug)
        .flatMap(errorsOf)
        .map((error) => error.code);
    expect(codesOf("get-orders-id")).toContain("not_found");
    expect(codesOf("get-orders")).not.toContain("not_found");
    expect(codesOf("get-orders")).not.toContain("body_not_json");
  });
});
