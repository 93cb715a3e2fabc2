import { globSync, readFileSync } from "node:fs";
import { checkMessages, checkSource } from "./import-rules.ts";

// By file family and not by walking everything: node_modules and build output never come into sight.
const sources = ["{app,bench,components,db,e2e,lib,scripts}/**/*.{ts,tsx}", "*.ts"];
const catalogues = ["messages/*.json"];

const read = (file: string) => readFileSync(file, "utf8");
const found = (patterns: string[]) =>
  globSync(patterns)
    .map((file) => file.replaceAll("\\", "/"))
    .sort();

const breaches = [
  ...found(sources)
    .filter((file) => file !== "next-env.d.ts")
    .flatMap((file) => checkSource(file, read(file))),
  ...checkMessages(Object.fromEntries(found(catalogues).map((file) => [file, JSON.parse(read(file)) as unknown]))),
];
for (const { file, line, rule } of breaches) console.error(`${file}:${line} ${rule}`);
if (breaches.length > 0) {
  console.error(
    `\n${breaches.length} habit${breaches.length === 1 ? "" : "s"} broken; DESIGN §3 and STYLE say why they are there.`,
  );
  process.exit(1);
}
