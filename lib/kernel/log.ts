import { type LoggerOptions, pino } from "pino";
import { processWide } from "./globals.ts";
import { redact } from "./redact.ts";
import { workScope } from "./work-scope.ts";

/** JSON lines. Secrets are cut out by path here, and never passed in the first place. */
export const logOptions: LoggerOptions = {
  level: process.env.LOG_LEVEL ?? "info",
  base: null,
  // Behind the line's own fields, so that one which says whose it is keeps its word.
  mixin: () => ({ ...workScope() }),
  mixinMergeStrategy: (line, scope) => Object.assign(scope, line),
  redact: {
    paths: ["*.authorization", "*.cookie", "*.password", "*.secret", "*.privateKey", "*.credentials", "*.card"],
    censor: "[redacted]",
  },
  hooks: {
    // The last place that every line passes: what a provider or a driver wrote into an error is text to us.
    streamWrite: (line) => `${redact(line.trimEnd())}\n`,
  },
};

export const log = processWide("log", () => pino(logOptions));
