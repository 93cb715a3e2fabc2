import { describe, expect, it } from "vitest";
import { createApi } from "./app.ts";

describe("the OpenAPI document", () => {
  interface Operation {
    tags?: string[];
    summary?: string;
    parameters?: { in: string; name: string; required?: boolean; schema?: object }[];
    requestBody?: { content: Record<string, { schema: object }> };
    responses: Record<string, { description?: string }>;
  }
  interface Document {
    openapi: string;
    info: { title: string; version: string };
    paths: Record<string, Record<string, Operation>>;
    components: Record<string, Record<string, object>>;
  }

  const read = async () => (await (await createApi().request("/v1/openapi.json")).json()) as Document;
  const operations = ({ paths }: Document) =>
    Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, path, operation })),
    );

  /** What only our own pages call, for somebody who has a browser and no key: the shopper, the visitor, the person signed in (docs/decisions/0014). */
  const ownPages =
    /^\/v1\/(checkout|me|sign_in|sign_ups|password_resets|invitations\/accept|page_reports|operator|operator_passwords)(\/|$)/;

  it("lists every route of the API, and nothing else", async () => {
    const listed = operations(await read()).map(({ name }) => name);
    const served = createApi()
      .routes.filter(({ method, path }) => method !== "ALL" && path.startsWith("/v1/") && !ownPages.test(path))
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`)
      .filter((name) => name !== "GET /v1/openapi.json");
    expect([...new Set(listed)].sort()).toEqual([...new Set(served)].sort());
  });

  it("says of each route what it takes and what it answers, as OpenAPI 3.1 asks", async () => {
    const document = await read();
    expect(document.openapi).toBe("3.1.0");
    for (const { name, path, operation } of operations(document)) {
      expect(operation.summary, name).toBeTruthy();
      expect(operation.tags, name).toHaveLength(1);
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(
        inPath.map((parameter) => parameter.name),
        name,
      ).toEqual(wanted);
      expect(
        inPath.every((parameter) => parameter.required),
        name,
      ).toBe(true);
      for (const [status, response] of Object.entries(operation.responses)) {
        expect(status, name).toMatch(/^[245]\d\d$/);
        expect(response.description, `${name} ${status}`).toBeTruthy();
      }
      expect(
        Object.keys(operation.responses).some((status) => status.startsWith("2")),
        name,
      ).toBe(true);
    }
  });

  it("refers to nothing that it does not define", async () => {
    const document = await read();
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(0);
    for (const [, section = "", name = ""] of references) {
      expect(document.components[section], section).toHaveProperty([name]);
    }
  });
});
