import { Writable } from "node:stream";
import fc from "fast-check";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { newId } from "./ids.ts";
import { logOptions } from "./log.ts";
import { redact, redactCardNumbers } from "./redact.ts";

/** Written here once more, from the schemes' lists: what the detector leaves out must not be missing from its test. */
const schemes: readonly { readonly prefixes: readonly string[]; readonly lengths: readonly number[] }[] = [
  { prefixes: ["4"], lengths: [13, 16, 19] },
  { prefixes: ["51", "52", "53", "54", "55", "2221", "2229", "2300", "2699", "2710", "2720"], lengths: [16] },
  { prefixes: ["34", "37"], lengths: [15] },
  { prefixes: ["300", "305", "3095", "36", "38", "39"], lengths: [14, 16, 19] },
  { prefixes: ["3528", "3589", "3550"], lengths: [16, 19] },
  { prefixes: ["6011", "644", "649", "65"], lengths: [16, 19] },
  { prefixes: ["62", "81"], lengths: [16, 17, 18, 19] },
  { prefixes: ["50", "56", "57", "58", "60", "63", "67", "69"], lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
  { prefixes: ["2200", "2204"], lengths: [16, 19] },
  { prefixes: ["9792"], lengths: [16] },
];

function withCheckDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

const cardNumber = fc
  .constantFrom(...schemes)
  .chain(({ prefixes, lengths }) => fc.tuple(fc.constantFrom(...prefixes), fc.constantFrom(...lengths)))
  .chain(([prefix, length]) =>
    fc
      .array(fc.integer({ min: 0, max: 9 }), {
        minLength: length - 1 - prefix.length,
        maxLength: length - 1 - prefix.length,
      })
      .map((rest) => withCheckDigit(prefix + rest.join(""))),
  );

const inGroups = (digits: string, separator: string) => digits.match(/.{1,4}/g)?.join(separator) ?? digits;

/** Each puts a number into text as it is met: form, JSON, URL, free text. */
const places: readonly ((digits: string) => string)[] = [
  (digits) => digits,
  (digits) => `Card ${inGroups(digits, " ")} was refused.`,
  (digits) => `card=${inGroups(digits, "-")};`,
  (digits) => inGroups(digits, "\u00a0"),
  (digits) => JSON.stringify({ text: `no:\n${digits}\tend` }),
  (digits) => JSON.stringify({ inner: JSON.stringify({ number: digits }) }),
  (digits) => JSON.stringify([`"${inGroups(digits, " ")}"`, 17]),
  (digits) => `{"n":${digits},"m":1}`,
  (digits) => `GET /v1/orders?q=${encodeURIComponent(inGroups(digits, " "))}&limit=2`,
  (digits) => `GET /v1/orders?${new URLSearchParams({ q: inGroups(digits, " ") })}`,
  (digits) => `/x?body=${encodeURIComponent(JSON.stringify({ pan: digits }))}`,
  (digits) => `https://pay.example/${digits}/receipt`,
  (digits) => `<PAN>${digits}</PAN>`,
  (digits) => `${inGroups(digits, " ")} 12/29`,
];

/** Every digit of the text in a row, as somebody would read it who looks for a number. */
const digitsOf = (text: string) => decodeURIComponent(text.replaceAll("+", " ")).replaceAll(/[^0-9]/g, "");

describe("card numbers", () => {
  it("never stay whole, whichever scheme's and wherever they stand", () => {
    fc.assert(
      fc.property(cardNumber, fc.constantFrom(...places), (digits, place) => {
        expect(digitsOf(redact(place(digits)))).not.toContain(digits);
      }),
      { numRuns: 5_000 },
    );
  });

  it("never reach the log, in whatever field, and leave it JSON", () => {
    fc.assert(
      fc.property(cardNumber, fc.constantFrom(...places), (digits, place) => {
        const lines: string[] = [];
        const stream = new Writable({
          write(chunk, _encoding, done) {
            lines.push(String(chunk));
            done();
          },
        });
        const log = pino({ ...logOptions, level: "info" }, stream);
        log.info({ err: new Error(place(digits)), n: Number(digits), deep: { text: [place(digits)] } }, place(digits));
        expect(lines).toHaveLength(1);
        expect(JSON.parse(lines[0] ?? "")).toHaveProperty("msg");
        expect(lines[0]).not.toContain(digits);
        expect(lines[0]).not.toContain(inGroups(digits, " "));
      }),
      { numRuns: 300 },
    );
  });
});

describe("what is no card number", () => {
  const moment = fc.date({ min: new Date("2020-01-01"), max: new Date("2060-01-01"), noInvalidDate: true });

  it.each<[string, fc.Arbitrary<string>]>([
    ["our ids", fc.nat().map(() => newId("order", "mer_7k2m9xqa", 1_795_000_000_000))],
    ["UUIDs", fc.uuid()],
    ["UUIDs of digits alone", fc.stringMatching(/^[0-9]{8}-[0-9]{4}-4[0-9]{3}-8[0-9]{3}-[0-9]{12}$/)],
    ["times", moment.map((date) => date.toISOString())],
    ["compact times", moment.map((date) => date.toISOString().replaceAll(/[^0-9]/g, ""))],
    ["milliseconds before 2033", fc.bigInt(1_577_836_800_000n, 1_999_999_999_999n).map(String)],
    ["providers' trade numbers of 28 digits", fc.stringMatching(/^[0-9]{28}$/)],
    ["amounts", fc.bigInt(0n, 9_999_999_999_999n).map((amount) => `{"amount":${amount}}`)],
    ["SHA-256", fc.stringMatching(/^[0-9a-f]{64}$/)],
  ])("stays as it is: %s", (_what, text) => {
    fc.assert(
      fc.property(text, (kept) => {
        expect(redactCardNumbers(kept)).toBe(kept);
        expect(redact(`{"id":"${kept}"}`)).toBe(`{"id":"${kept}"}`);
      }),
      { numRuns: 1_000 },
    );
  });
});
