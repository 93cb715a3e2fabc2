import { describe, expect, it } from "vitest";
import { passwordProblem, passwordStrength } from "./password-rules.ts";

describe("a new password", () => {
  it.each([
    ["nine characters", "dk3fjw9qz", "too_short"],
    ["257 characters", "kq".repeat(129), "too_long"],
    ["a leaked word and digits", "password1234", "common"],
    ["the same with look-alikes", "P@ssw0rd!!2026", "common"],
    ["a row of the keyboard", "qwertyuiop12", "common"],
    ["digits in a row", "123456789012", "common"],
    ["one letter repeated", "aaaaaaaaaaaaaa", "common"],
    ["pinyin that everybody uses", "woaini1314520", "common"],
    ["the name of the company", "lantern2026", "personal"],
    ["the e-mail's own part", "meilin!mei-4", "personal"],
  ])("is refused: %s", (_why, password, problem) => {
    expect(passwordProblem(password, ["meilin@shop.example", "Lantern Trading"])).toBe(problem);
  });

  it.each([
    ["words with spaces", "copper river seven lamp"],
    ["Chinese", "春眠不觉晓处处闻啼鸟"],
    ["a manager's random text", "x7#Kq9!vTz2m"],
    ["a long sentence with the company's name in it", "lantern light over a quiet harbour"],
    ["256 characters", "k9".repeat(128)],
  ])("is taken: %s", (_why, password) => {
    expect(passwordProblem(password, ["wei@shop.example", "Lantern Trading"])).toBeUndefined();
  });
});

it("shows strength by what has to be guessed, not by kinds of characters", () => {
  expect(passwordStrength("password1234")).toBe("weak");
  expect(passwordStrength("x7#Kq9!vTz")).toBe("fair");
  expect(passwordStrength("copper river seven lamp")).toBe("strong");
});
