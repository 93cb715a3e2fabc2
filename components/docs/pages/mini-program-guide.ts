import { type DocsPage, heading, same, say, text } from "./content.ts";

export const miniProgramGuide: DocsPage = {
  slug: "guides/mini-program",
  title: say("Take payments in a mini program", "在小程序中收款", "在小程式中收款"),
  lead: say(
    "The API answers with the signed parameters that `wx.requestPayment` takes. Your server never touches WeChat Pay's own keys.",
    "API 直接返回 `wx.requestPayment` 所需的已签名参数，您的服务器无需接触微信支付的密钥。",
    "API 直接傳回 `wx.requestPayment` 所需的已簽名引數，您的伺服器無需接觸微信支付的金鑰。",
  ),
  blocks: [
    heading("before", say("Before you begin", "准备工作", "準備工作")),
    {
      kind: "list",
      items: [
        say(
          "The app id in the [channel account](/dashboard/channel-accounts) is the mini program's, and WeChat Pay has it bound to the merchant number.",
          "[渠道账户](/dashboard/channel-accounts)中的 AppID 应为小程序的 AppID，且已在微信支付中与商户号绑定。",
          "[通道帳戶](/dashboard/channel-accounts)中的 AppID 應為小程式的 AppID，且已在微信支付中與商戶號繫結。",
        ),
        say(
          "Your server's domain is among the mini program's request domains.",
          "已将您的服务器域名加入小程序的 request 合法域名。",
          "已將您的伺服器域名加入小程式的 request 合法域名。",
        ),
      ],
    },
    heading("flow", say("How it goes", "流程", "流程")),
    {
      kind: "steps",
      items: [
        say(
          "`wx.login()` gives a code; your server exchanges it for the shopper's `openid`.",
          "`wx.login()` 返回 code，您的服务器用它换取顾客的 `openid`。",
          "`wx.login()` 傳回 code，您的伺服器用它換取顧客的 `openid`。",
        ),
        say(
          "Your server creates the order, then [an attempt](/docs/api/post-orders-id-attempts) with `flow: wallet_sdk` and the `openid` as `wallet_user_id`.",
          "您的服务器创建订单，再以 `flow: wallet_sdk`、并将 `openid` 作为 `wallet_user_id` [发起支付](/docs/api/post-orders-id-attempts)。",
          "您的伺服器建立訂單，再以 `flow: wallet_sdk`、並將 `openid` 作為 `wallet_user_id` [發起支付](/docs/api/post-orders-id-attempts)。",
        ),
        say(
          "`action.parameters` goes to the mini program, which hands it to `wx.requestPayment`.",
          "将 `action.parameters` 返回给小程序，由其调用 `wx.requestPayment`。",
          "將 `action.parameters` 傳回給小程式，由其呼叫 `wx.requestPayment`。",
        ),
        say(
          "The webhook `order.paid` settles the order, as on [a web site](/docs/guides/web).",
          "与[网站收款](/docs/guides/web)相同，以 Webhook `order.paid` 作为付款凭据。",
          "與[網站收款](/docs/guides/web)相同，以 Webhook `order.paid` 作為付款憑據。",
        ),
      ],
    },
    {
      kind: "samples",
      label: say("Server and page", "服务端与页面", "伺服器端與頁面"),
      files: [
        { name: "server.ts", file: "guides/mini-program/server.ts" },
        { name: "pay.js", file: "guides/mini-program/page.js" },
      ],
    },
    heading("parameters", say("What the page receives", "页面收到的参数", "頁面收到的引數")),
    {
      kind: "table",
      head: [say("Parameter", "参数", "引數"), say("Meaning", "含义", "含義")],
      rows: [
        [same("`timeStamp`"), say("Seconds since 1970, as text.", "秒级时间戳（字符串）。", "秒級時間戳（字串）。")],
        [same("`nonceStr`"), say("A random text.", "随机字符串。", "隨機字串。")],
        [
          same("`package`"),
          say("`prepay_id=…`, good for two hours.", "`prepay_id=…`，两小时内有效。", "`prepay_id=…`，兩小時內有效。"),
        ],
        [same("`signType`"), say("`RSA`.", "固定为 `RSA`。", "固定為 `RSA`。")],
        [
          same("`paySign`"),
          say(
            "The merchant's signature over app id, time, nonce and package.",
            "商户对 AppID、时间戳、随机串与 package 的签名。",
            "商戶對 AppID、時間戳、隨機串與 package 的簽名。",
          ),
        ],
      ],
    },
    text(
      say(
        "In test mode the parameters come from the simulator: a real phone can't open them. Let [the test shopper](/docs/testing#wallets) pay instead.",
        "测试模式下参数由模拟器生成，真机无法调起支付，请改由[测试顾客](/docs/testing#wallets)付款。",
        "測試模式下引數由模擬器生成，真機無法調起支付，請改由[測試顧客](/docs/testing#wallets)付款。",
      ),
    ),
  ],
};
