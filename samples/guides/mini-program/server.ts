import { randomUUID } from "node:crypto";
import { createServer } from "node:http";

const { PAYLINK_URL, PAYLINK_KEY, WEIXIN_APP_ID = "", WEIXIN_APP_SECRET = "", PORT = "4000" } = process.env;
const weixinUrl = process.env.WEIXIN_URL ?? "https://api.weixin.qq.com";

/** Turns the code of wx.login() into the shopper's openid. The app secret never leaves the server. */
async function openidOf(code: string): Promise<string> {
  const query = new URLSearchParams({
    appid: WEIXIN_APP_ID,
    secret: WEIXIN_APP_SECRET,
    js_code: code,
    grant_type: "authorization_code",
  });
  const answer = (await (await fetch(`${weixinUrl}/sns/jscode2session?${query}`)).json()) as { openid?: string };
  if (!answer.openid) throw new Error("WeChat did not accept the code");
  return answer.openid;
}

async function post<T>(path: string, idempotencyKey: string, body: object): Promise<T> {
  const response = await fetch(`${PAYLINK_URL}${path}`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${PAYLINK_KEY}`,
      "Content-Type": "application/json",
      "Idempotency-Key": idempotencyKey,
    },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as T & { code?: string; detail?: string };
  if (!response.ok) throw new Error(`${answer.code}: ${answer.detail}`);
  return answer;
}

interface WalletAction {
  readonly type: "wallet_sdk";
  /** timeStamp, nonceStr, package, signType and paySign, signed for wx.requestPayment. */
  readonly parameters: Record<string, string>;
}

async function startPayment(code: string): Promise<object> {
  const openid = await openidOf(code);
  const number = `MP-${randomUUID()}`;
  const order = await post<{ id: string }>("/v1/orders", number, {
    merchant_order_no: number,
    amount: 8800,
    currency: "CNY",
    subject: "Jasmine tea",
  });
  const attempt = await post<{ action: WalletAction }>(`/v1/orders/${order.id}/attempts`, `${number}-1`, {
    method: "wechat_pay",
    flow: "wallet_sdk",
    device: "mobile",
    wallet_browser: "wechat_pay",
    wallet_user_id: openid,
  });
  return { order: order.id, parameters: attempt.action.parameters };
}

createServer(async (request, response) => {
  const url = new URL(request.url ?? "/", "http://localhost");
  try {
    if (request.method !== "POST" || url.pathname !== "/pay") return void response.writeHead(404).end();
    const answer = await startPayment(url.searchParams.get("code") ?? "");
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(answer));
  } catch (error) {
    response.writeHead(502).end(String(error));
  }
}).listen(Number(PORT), () => process.stdout.write(`http://localhost:${PORT}\n`));
