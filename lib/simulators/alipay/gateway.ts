import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "hono";
import { log } from "#lib/kernel/log";
import type { Operation } from "../simulator.ts";
import type { Account } from "./accounts.ts";
import { type Answer, envelope, invalidParameter, Refusal, refused } from "./answers.ts";
import { encode } from "./charset.ts";
import { errorPage } from "./error-page.ts";
import { callFaults, listFaults } from "./faults.ts";
import { methods, type PageMethod, pageMethods } from "./methods.ts";
import type { Call, Provider } from "./provider.ts";
import { readFields } from "./request.ts";
import type { Fields } from "./sign.ts";
import { requestingApp, verifyRequest } from "./verify-request.ts";

function parseBizContent(text: string | undefined): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(text ?? "");
    if (typeof content === "object" && content !== null && !Array.isArray(content)) return { ...content };
  } catch {
    // Answered below like any other text that is no object.
  }
  throw invalidParameter("biz_content");
}

function lookUp<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function textOf(value: unknown): string[] {
  return typeof value === "string" ? [value] : [];
}

function callOf(c: Context, provider: Provider, account: Account, fields: Fields, charset: string): Call {
  const url = new URL(c.req.url);
  return {
    account,
    common: fields,
    charset,
    content: parseBizContent(fields.biz_content),
    now: provider.clock.now(),
    gatewayUrl: url.origin + url.pathname.replace(/\/gateway\.do$/, ""),
  };
}

const holdMs = 60_000;

/** Not an answer in the provider's words but none at all. */
class ConnectionDropped extends Error {}

/** Leaves the caller without an answer: waits for it to give up, then breaks the connection. */
async function hangUp(signal: AbortSignal): Promise<never> {
  await sleep(holdMs, undefined, { signal }).catch(() => undefined);
  throw new ConnectionDropped("dropped on purpose");
}

/** Runs the call with what was asked to go wrong with it; a refusal is an outcome like any other. */
async function runWithFaults<T>(
  c: Context,
  provider: Provider,
  call: Call,
  operation: Operation,
  run: () => Promise<T>,
): Promise<T> {
  const references = [...textOf(call.content.out_trade_no), ...textOf(call.content.out_request_no)];
  const faults = await listFaults(provider.db, call.account.appId);
  const { failure, delayMs } = await callFaults(provider.db, faults, { operation, references });
  if (failure === "timeout") return hangUp(c.req.raw.signal);
  if (failure === "system_error") throw refused("ACQ.SYSTEM_ERROR");
  const [outcome] = await Promise.allSettled([run()]);
  if (failure === "lost_answer") return hangUp(c.req.raw.signal);
  if (delayMs > 0) await sleep(delayMs);
  if (outcome.status === "rejected") throw outcome.reason;
  return outcome.value;
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  log.error({ err: error }, "Alipay simulator failed");
  return new Refusal("20000", "isp.unknow-error", "系统繁忙");
}

async function answerPage(c: Context, provider: Provider, fields: Fields, charset: string, method: PageMethod) {
  try {
    const account = await requestingApp(provider.accounts, fields);
    verifyRequest(account, fields, charset);
    const call = callOf(c, provider, account, fields, charset);
    const target = await runWithFaults(c, provider, call, method.operation, () => method.locate(provider, call));
    return c.redirect(target, 302);
  } catch (error) {
    if (error instanceof ConnectionDropped) throw error;
    return c.html(errorPage(asRefusal(error), c.req.header("accept-language") ?? ""));
  }
}

async function answerApi(c: Context, provider: Provider, fields: Fields, charset: string) {
  let account: Account | undefined;
  let name = "error_response";
  let answer: Answer;
  try {
    account = await requestingApp(provider.accounts, fields);
    if (!fields.method) throw new Refusal("40001", "isv.missing-method", "缺少方法名参数");
    const method = lookUp(methods, fields.method);
    if (!method) throw new Refusal("40002", "isv.invalid-method", "不存在的方法名");
    // From here on refusals are the method's own answer, a bad signature included.
    name = `${fields.method.replaceAll(".", "_")}_response`;
    verifyRequest(account, fields, charset);
    const call = callOf(c, provider, account, fields, charset);
    answer = await runWithFaults(c, provider, call, method.operation, () => method.run(provider, call));
  } catch (error) {
    if (error instanceof ConnectionDropped) throw error;
    answer = asRefusal(error).answer();
  }
  const text = await envelope(name, answer, charset, account?.providerPrivateKey);
  return c.body(new Uint8Array(encode(text, charset)), 200, { "content-type": `text/html;charset=${charset}` });
}

/** `/gateway.do`: one address for every method, GET or POST, servers and browsers alike. */
export async function gateway(c: Context, provider: Provider): Promise<Response> {
  const { fields, charset } = await readFields(c);
  const page = lookUp(pageMethods, fields.method ?? "");
  const response = page
    ? await answerPage(c, provider, fields, charset, page)
    : await answerApi(c, provider, fields, charset);
  response.headers.set("trace_id", crypto.randomUUID().replaceAll("-", ""));
  return response;
}
