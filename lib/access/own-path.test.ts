import { describe, expect, it } from "vitest";
import { ownPath } from "./own-path.ts";

describe("the address after signing in", () => {
  it.each(["/dashboard", "/dashboard/orders?status=paid&from=2026-01-01", "/dashboard/orders/ord_1#refunds"])(
    "may be a path of ours: %s",
    (path) => expect(ownPath(path, "/fallback")).toBe(path),
  );

  it.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/a\\b",
    "",
    undefined,
    ["/a"],
  ])("never leads to another site: %j", (path) => expect(ownPath(path, "/fallback")).toBe("/fallback"));
});
