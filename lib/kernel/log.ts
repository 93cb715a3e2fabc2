import { pino } from "pino";
import { processWide } from "./globals.ts";

/** JSON lines on stdout. Secrets and card data are cut out by path here, and never passed in the first place. */
export const log = processWide("log", () =>
  pino({
    level: process.env.LOG_LEVEL ?? "info",
    base: null,
    redact: {
      paths: ["*.authorization", "*.cookie", "*.password", "*.secret", "*.privateKey", "*.credentials", "*.card"],
      censor: "[redacted]",
    },
  }),
);
