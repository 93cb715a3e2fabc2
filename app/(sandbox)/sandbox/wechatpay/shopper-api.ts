const base = "/sim/wechatpay/shopper";

export interface PaymentView {
  readonly code: string;
  readonly payee: string;
  readonly description: string;
  readonly amount: number;
  readonly state: "payable" | "paying" | "paid" | "closed" | "expired";
  readonly failure: string | null;
  readonly transaction_id: string | null;
}

export type ProblemCode = "unknown_code" | "bad_signature" | "bad_request" | "unreachable";

export class ShopperProblem extends Error {
  readonly code: ProblemCode;

  constructor(code: ProblemCode) {
    super(code);
    this.name = "ShopperProblem";
    this.code = code;
  }
}

export function fetchPayment(code: string, entry: string): Promise<PaymentView> {
  return ask<PaymentView>(`/payment?${new URLSearchParams({ code, entry })}`);
}

export function actOnPayment(act: {
  code: string;
  act: "pay" | "cancel" | "fail";
  afterMs?: number;
  reason?: string;
}): Promise<PaymentView> {
  return ask<PaymentView>("/act", act);
}

/** @returns the code behind a signed cashier request */
export async function openCashier(signed: Record<string, string>): Promise<string> {
  return (await ask<{ code: string }>("/cashier", signed)).code;
}

/** @throws ShopperProblem */
async function ask<T>(path: string, body?: unknown): Promise<T> {
  const post = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(base + path, {
    ...(body === undefined ? {} : post),
    cache: "no-store",
    signal: AbortSignal.timeout(15_000),
  }).catch(() => undefined);
  const answer = await response?.json().catch(() => undefined);
  if (response?.ok) return answer as T;
  const code: unknown = answer?.error;
  throw new ShopperProblem(
    code === "unknown_code" || code === "bad_signature" || code === "bad_request" ? code : "unreachable",
  );
}
