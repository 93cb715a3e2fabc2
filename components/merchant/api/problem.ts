/** The API's refusal (RFC 9457), in the reader's language already. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly param: string | undefined;
  /** What to quote when asking us. */
  readonly requestId: string | undefined;

  constructor(input: { status: number; code: string; detail: string; param?: string; requestId?: string }) {
    super(input.detail);
    this.name = "ApiProblem";
    this.status = input.status;
    this.code = input.code;
    this.param = input.param;
    this.requestId = input.requestId;
  }
}

export async function problemFrom(answer: Response): Promise<ApiProblem> {
  const body: Record<string, unknown> = await answer.json().catch(() => ({}));
  return new ApiProblem({
    status: answer.status,
    code: typeof body.code === "string" ? body.code : "unreadable",
    detail: typeof body.detail === "string" ? body.detail : "",
    ...(typeof body.param === "string" && { param: body.param }),
    requestId: typeof body.request_id === "string" ? body.request_id : (answer.headers.get("request-id") ?? undefined),
  });
}
