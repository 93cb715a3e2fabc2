import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signedHeaders } from "#lib/webhooks/signature";
import vectors from "./vectors.json" with { type: "json" };

const scratch = mkdtempSync(join(tmpdir(), "webhook-samples-"));
const here = import.meta.dirname;

interface Language {
  readonly name: string;
  /** Fails where the language is not installed. */
  readonly probe: readonly [string, ...string[]];
  readonly compile?: () => void;
  readonly run: readonly [string, ...string[]];
}

const languages: readonly Language[] = [
  { name: "node", probe: [process.execPath, "--version"], run: [process.execPath, join(here, "node/check.ts")] },
  { name: "python", probe: ["python3", "--version"], run: ["python3", "-B", join(here, "python/check.py")] },
  { name: "php", probe: ["php", "--version"], run: ["php", join(here, "php/check.php")] },
  {
    name: "go",
    probe: ["go", "version"],
    compile: () => execFileSync("go", ["build", "-o", join(scratch, "check"), "."], { cwd: join(here, "go") }),
    run: [join(scratch, "check")],
  },
  {
    name: "java",
    probe: ["javac", "-version"],
    compile: () =>
      execFileSync("javac", ["-d", scratch, join(here, "java/WebhookVerifier.java"), join(here, "java/Check.java")]),
    run: ["java", "-cp", scratch, "Check"],
  },
  { name: "ruby", probe: ["ruby", "--version"], run: ["ruby", join(here, "ruby/check.rb")] },
];

function isInstalled([command, ...parameters]: Language["probe"]): boolean {
  return spawnSync(command, parameters).status === 0;
}

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

it("the first vector is signed as the platform signs", () => {
  const [first] = vectors;
  expect(first).toBeDefined();
  if (!first) return;
  const headers = signedHeaders(first.id, new Date(Number(first.timestamp) * 1000), first.body, [first.secret]);
  expect(headers["webhook-signature"]).toBe(first.signature);
});

function linesOf(each: readonly (typeof vectors)[number][]): string {
  return each
    .map(({ secret, id, timestamp, signature, now, body }) =>
      [secret, id, timestamp, signature, now, Buffer.from(body).toString("base64")].join("\t"),
    )
    .join("\n");
}

for (const language of languages) {
  const isHere = isInstalled(language.probe);
  const title = `the ${language.name} sample${isHere ? "" : ` (${language.probe[0]} is not installed)`}`;
  describe.skipIf(!isHere)(title, () => {
    let answers: string[] = [];

    beforeAll(() => {
      language.compile?.();
      const [command, ...parameters] = language.run;
      answers = execFileSync(command, parameters, { input: `${linesOf(vectors)}\n`, encoding: "utf8" })
        .trim()
        .split("\n");
    });

    it.each(vectors.map((vector, index) => ({ ...vector, index })))("$name: genuine is $genuine", (vector) => {
      expect(answers).toHaveLength(vectors.length);
      expect(answers[vector.index]).toBe(vector.genuine ? "genuine" : "refused");
    });
  });
}
