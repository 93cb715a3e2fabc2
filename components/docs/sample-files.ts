import { readFileSync } from "node:fs";
import { projectFile } from "#lib/kernel/project-root";

const known = new Map<string, string>();

/** The text of a file below `samples/`, which the tests run: what is shown is what was tried. */
export function readSample(file: string): string {
  const text = known.get(file) ?? readFileSync(projectFile("samples", file), "utf8").trimEnd();
  known.set(file, text);
  return text;
}
