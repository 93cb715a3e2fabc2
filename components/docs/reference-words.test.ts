import { describe, expect, it } from "vitest";
import { createApi } from "#lib/api/app";
import type { OpenApiDocument } from "./openapi.ts";
import { readReference } from "./operations.ts";
import zhCN from "./reference-words/zh-CN.json" with { type: "json" };
import zhTW from "./reference-words/zh-TW.json" with { type: "json" };
import { inLanguage } from "./reference-words.ts";

const document = (await (await createApi().request("/v1/openapi.json")).json()) as OpenApiDocument;

describe("the reference in another language", () => {
  it("names operations and says sentences in it", () => {
    const { operations } = readReference(inLanguage(document, "zh-CN"));
    const order = operations.find(({ slug }) => slug === "post-orders");
    expect(order).toMatchObject({ tag: "订单", summary: "创建订单" });
    expect(order?.description).toContain("托管收银台");
  });

  it("leaves the names of fields, their values and examples alone, and what has no translation", () => {
    const plain: OpenApiDocument = {
      paths: { "/v1/tea": { get: { tags: ["Orders"], summary: "Pour", responses: {} } } },
      components: {
        schemas: { Tea: { properties: { description: { type: "string" } }, example: { description: "Orders" } } },
      },
    };
    expect(inLanguage(plain, "zh-CN")).toEqual({
      ...plain,
      paths: { "/v1/tea": { get: { tags: ["订单"], summary: "Pour", responses: {} } } },
    });
  });

  it("has the same sentences in both Chinese scripts, with the same code in them", () => {
    const codes = (text: string) => [...text.matchAll(/`[^`]+`/g)].map(([code]) => code).sort();
    expect(Object.keys(zhTW)).toEqual(Object.keys(zhCN));
    for (const catalogue of [zhCN, zhTW]) {
      for (const [english, chinese] of Object.entries(catalogue)) {
        expect(codes(chinese), english).toEqual(expect.arrayContaining(codes(english)));
      }
    }
  });
});
