import { expect, it } from "vitest";
import { isDatabaseAway } from "./database-away.ts";

const coded = (code: string, cause?: unknown) => Object.assign(new Error(code, { cause }), { code });

it.each([
  ["a connection that broke", coded("CONNECTION_CLOSED"), true],
  ["nobody who listens", coded("ECONNREFUSED"), true],
  ["a socket that is not there", Object.assign(coded("ENOENT"), { syscall: "connect" }), true],
  ["a file that is not there", Object.assign(coded("ENOENT"), { syscall: "open" }), false],
  [
    "a server that goes down, behind the query builder's own error",
    new Error("Failed query", { cause: coded("57P01") }),
    true,
  ],
  ["a rule that was broken", coded("23505"), false],
  ["a statement that took too long", coded("57014"), false],
  ["an error of ours", new RangeError("no"), false],
  ["no error at all", undefined, false],
])("knows %s", (_what, error, expected) => {
  expect(isDatabaseAway(error)).toBe(expected);
});
