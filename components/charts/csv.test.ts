import { expect, it } from "vitest";
import { csvText } from "./csv.ts";

it.each([
  [
    "plain cells",
    [
      ["Day", "Amount"],
      ["2026-03-01", "88.00"],
    ],
    "Day,Amount\r\n2026-03-01,88.00",
  ],
  ["commas, quotes and line ends", [['a,"b"\n']], '"a,""b""\n"'],
  ["a formula as text", [["=1+1", "@x", "+8613800138000x"]], "'=1+1,'@x,'+8613800138000x"],
  ["a negative amount as a number", [["-5.00", -5]], "-5.00,-5"],
])("writes %s", (_case, rows, text) => {
  expect(csvText(rows)).toBe(text);
});
