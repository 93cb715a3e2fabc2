import type { z } from "zod";
import { AppError } from "#lib/kernel/errors";
import en from "#messages/en.json" with { type: "json" };

type Issue = z.core.$ZodIssue;

/** Our schemas put one of our codes where zod has its sentence. */
function ownCode(issue: Issue): string | undefined {
  return Object.hasOwn(en.errors, issue.message) ? issue.message : undefined;
}

/** The first thing wrong with a request, as an error that names the field. */
export function validationError(issues: readonly Issue[], root = ""): AppError {
  const [issue] = issues;
  if (!issue) return new AppError("invalid_request", "invalid_value");
  const path = issue.path.map(String).join(".") || root;
  if (issue.code === "unrecognized_keys") {
    const field = [...issue.path.map(String), issue.keys[0] ?? ""].join(".");
    return new AppError("invalid_request", "unknown_field", { param: field });
  }
  if (issue.code === "invalid_type" && issue.input === undefined && /received undefined/.test(issue.message)) {
    return new AppError("invalid_request", "missing_field", { param: path });
  }
  const code = ownCode(issue);
  if (code) return new AppError("invalid_request", code, { param: path });
  if (issue.code === "invalid_type") {
    return new AppError("invalid_request", "wrong_type", { param: path, detail: { expected: issue.expected } });
  }
  return new AppError("invalid_request", "invalid_value", { param: path, detail: { problem: issue.message } });
}
