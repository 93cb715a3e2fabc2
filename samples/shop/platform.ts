/** The part of an order that the shop looks at. */
export interface PlatformOrder {
  readonly id: string;
  readonly merchant_order_no: string;
  readonly amount: number;
  readonly currency: string;
  readonly status: string;
  readonly checkout_url: string;
}

interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly status: string;
}

/** The API refused; `code` is what a program goes by, the message is for people. */
export class PlatformError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const timeoutMs = 10_000;

/** The calls that a shop makes, with its secret key: on the server only, never in a browser. */
export class Platform {
  readonly #url: string;
  readonly #key: string;

  constructor(url: string, key: string) {
    this.#url = url.replace(/\/$/, "");
    this.#key = key;
  }

  /** Creates the order, or finds the one that an earlier try with the same number created. */
  createOrder(order: {
    merchant_order_no: string;
    amount: number;
    currency: string;
    subject: string;
    return_url: string;
  }): Promise<PlatformOrder> {
    return this.#call("POST", "/v1/orders", order, order.merchant_order_no);
  }

  /**
   * The secret that signs webhooks to `url`, of the endpoint that is there already or of a new one.
   *
   * @throws PlatformError webhook_url_refused when the platform does not deliver to such addresses
   */
  async webhookSecret(url: string, eventTypes: readonly string[]): Promise<string> {
    const { data } = await this.#call<{ data: Endpoint[] }>("GET", "/v1/webhook_endpoints");
    const existing = data.find((endpoint) => endpoint.url === url && endpoint.status === "enabled");
    if (existing) {
      const revealed = await this.#call<{ secret: string }>("GET", `/v1/webhook_endpoints/${existing.id}/secret`);
      return revealed.secret;
    }
    const body = { url, description: "Sample shop", event_types: eventTypes };
    return (await this.#call<{ secret: string }>("POST", "/v1/webhook_endpoints", body)).secret;
  }

  async #call<T>(method: string, path: string, body?: unknown, idempotencyKey?: string): Promise<T> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(idempotencyKey && { "idempotency-key": idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T & { code?: string; detail?: string };
    if (!response.ok) throw new PlatformError(answer.code ?? "unknown", answer.detail ?? `HTTP ${response.status}`);
    return answer;
  }
}
