export type Posted =
  | { readonly kind: "ok"; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: "refused"; readonly code: string; readonly detail: string; readonly param: string | undefined }
  | { readonly kind: "unreachable" };

/** Sends what a visitor typed; a refusal comes in the reader's language. */
export async function postJson(path: string, body: unknown): Promise<Posted> {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", "x-locale": document.documentElement.lang },
      body: JSON.stringify(body),
    });
    if (answer.ok) return { kind: "ok", body: (await answer.json()) as Record<string, unknown> };
    const problem = (await answer.json()) as { code?: string; detail?: string; param?: string };
    if (!problem.detail) return { kind: "unreachable" };
    return { kind: "refused", code: problem.code ?? "", detail: problem.detail, param: problem.param };
  } catch {
    return { kind: "unreachable" };
  }
}
