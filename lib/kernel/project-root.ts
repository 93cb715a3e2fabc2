import { join } from "node:path";
import { processWide } from "./globals.ts";

const root = processWide("project-root", () => ({ folder: process.cwd() }));

/** Said once by the entry point, which knows where it lies: the pages' bundle does not, and may run from any folder. */
export function setProjectRoot(folder: string): void {
  root.folder = folder;
}

/** A file of the project that is read at run time. */
export function projectFile(...path: readonly string[]): string {
  return join(root.folder, ...path);
}
