import { ApiProblem } from "../api/problem.ts";

/** The form's field that the API found fault with, when it was one of the credentials. */
export function problemField(problem: unknown): { name: ["credentials", string]; errors: string[] } | undefined {
  if (!(problem instanceof ApiProblem)) return undefined;
  const field = /^credentials\.(\w+)$/.exec(problem.param ?? "")?.[1];
  return field ? { name: ["credentials", field], errors: [problem.message] } : undefined;
}
