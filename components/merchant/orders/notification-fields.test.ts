import { describe, expect, it } from "vitest";
import { fieldsOf } from "./notification-fields.ts";

describe("the fields of a channel's notification", () => {
  it.each([
    [
      "a form, decoded",
      "trade_status=TRADE_SUCCESS&subject=%E8%8C%B6+tea",
      ["trade_status: TRADE_SUCCESS", "subject: 茶 tea"],
    ],
    [
      "JSON, nested",
      '{"id":"evt_1","data":{"object":{"amount":8800,"card":null}}}',
      ["id: evt_1", "data.object.amount: 8800", "data.object.card: null"],
    ],
    ["a list", '{"rows":[{"a":1},{"a":2}]}', ["rows.0.a: 1", "rows.1.a: 2"]],
    ["broken JSON", '{"id":', []],
    ["XML", "<xml><return_code>SUCCESS</return_code></xml>", []],
    ["nothing", "", []],
  ])("%s", (_name, body, fields) => {
    expect(fieldsOf(body).map(([name, value]) => `${name}: ${value}`)).toEqual(fields);
  });

  it("are a hundred at most", () => {
    const body = JSON.stringify(Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`f${index}`, index])));
    expect(fieldsOf(body)).toHaveLength(100);
  });
});
