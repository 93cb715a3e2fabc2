import type { Mode } from "../session.tsx";
import { problemFrom } from "./problem.ts";

export interface ApiScope {
  /** What each request says of where it belongs. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where somebody goes whose session is over. */
  readonly signIn: "/sign-in" | "/console/sign-in";
}

export function merchantScope(merchant: string, mode: Mode, locale: string): ApiScope {
  return { headers: { "gpl-merchant": merchant, "gpl-mode": mode, "x-locale": locale }, signIn: "/sign-in" };
}

export interface Page<T> {
  readonly data: readonly T[];
  readonly has_more: boolean;
}

export type Query = Readonly<Record<string, string | number | undefined>>;

/** /v1 as the signed-in person; the session's cookie goes along by itself. */
export class ApiClient {
  readonly scope: ApiScope;

  constructor(scope: ApiScope) {
    this.scope = scope;
  }

  get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
    const given = Object.entries(query).filter((entry): entry is [string, string | number] => Boolean(entry[1]));
    const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
    return this.#send<T>(search ? `${path}?${search}` : path, { method: "GET", ...(signal && { signal }) });
  }

  /** @param key the Idempotency-Key: the same for each try of one wish */
  post<T>(path: string, body: unknown, key?: string): Promise<T> {
    return this.#send<T>(path, {
      method: "POST",
      ...(body !== undefined && { body: JSON.stringify(body) }),
      headers: { "content-type": "application/json", ...(key && { "idempotency-key": key }) },
    });
  }

  patch<T>(path: string, body: unknown): Promise<T> {
    return this.#send<T>(path, {
      method: "PATCH",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });
  }

  delete<T>(path: string): Promise<T> {
    return this.#send<T>(path, { method: "DELETE" });
  }

  /** Sends a file as it is. */
  upload<T>(path: string, query: Readonly<Record<string, string>>, content: Blob): Promise<T> {
    return this.#send<T>(`${path}?${new URLSearchParams(query)}`, {
      method: "POST",
      body: content,
      headers: { "content-type": "application/octet-stream" },
    });
  }

  /** A file with the name that the server gives it. */
  async file(path: string): Promise<{ readonly name: string; readonly content: Blob }> {
    const answer = await this.#fetch(path, { method: "GET" });
    const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? "download";
    return { name, content: await answer.blob() };
  }

  async #send<T>(path: string, init: RequestInit): Promise<T> {
    return (await (await this.#fetch(path, init)).json()) as T;
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const answer = await fetch(path, {
      ...init,
      headers: {
        ...init.headers,
        ...this.scope.headers,
      },
    });
    if (answer.ok) return answer;
    const problem = await problemFrom(answer);
    // The session is over: sign in again and come back to where one was.
    if (problem.status === 401)
      location.assign(`${this.scope.signIn}?next=${encodeURIComponent(location.pathname + location.search)}`);
    throw problem;
  }
}

/** A new Idempotency-Key. `crypto.randomUUID` would be there on https only. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `dash-${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
