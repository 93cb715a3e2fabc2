/** What WeChat's browser puts on the page (pay.weixin.qq.com: JSAPI 调起支付). */
interface WeixinBridge {
  invoke(name: "getBrandWCPayRequest", parameters: Record<string, string>, done: () => void): void;
}

/** What Alipay's browser puts on the page (opendocs.alipay.com: tradePay). */
interface AlipayBridge {
  call(name: "tradePay", parameters: Record<string, string>, done: () => void): void;
}

interface WalletWindow {
  readonly WeixinJSBridge?: WeixinBridge;
  readonly AlipayJSBridge?: AlipayBridge;
}

const userAgents: Record<string, RegExp> = { wechat_pay: /MicroMessenger/i, alipay: /AlipayClient/i };
const readyEvents: Record<string, string> = { wechat_pay: "WeixinJSBridgeReady", alipay: "AlipayJSBridgeReady" };

/** Whether the page stands in the wallet's own browser. */
export function walletIsHere(method: string): boolean {
  return userAgents[method]?.test(navigator.userAgent) ?? false;
}

/**
 * Opens the wallet's cashier over the page, as soon as its bridge is there. What it answers is not believed, it only
 * tells that it is time to ask the server.
 */
export function openWallet(method: string, parameters: Record<string, string>, done: () => void): void {
  if (invoke(method, parameters, done)) return;
  const ready = readyEvents[method];
  if (ready) document.addEventListener(ready, () => invoke(method, parameters, done), { once: true });
}

function invoke(method: string, parameters: Record<string, string>, done: () => void): boolean {
  const { WeixinJSBridge, AlipayJSBridge } = window as WalletWindow;
  if (method === "wechat_pay" && WeixinJSBridge) {
    WeixinJSBridge.invoke("getBrandWCPayRequest", parameters, done);
    return true;
  }
  if (method === "alipay" && AlipayJSBridge) {
    AlipayJSBridge.call("tradePay", parameters, done);
    return true;
  }
  return false;
}
