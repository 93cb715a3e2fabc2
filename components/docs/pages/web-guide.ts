import { type DocsPage, heading, say, text } from "./content.ts";

export const webGuide: DocsPage = {
  slug: "guides/web",
  title: say("Take payments on a web site", "在网站上收款", "在網站上收款"),
  lead: say(
    "Your server creates an order and sends the shopper to its hosted checkout. A webhook tells your server when it is paid.",
    "您的服务器创建订单并将顾客引导到托管收银台；付款完成后，Webhook 会通知您的服务器。",
    "您的伺服器建立訂單並將顧客引導到託管收銀台；付款完成後，Webhook 會通知您的伺服器。",
  ),
  blocks: [
    {
      kind: "steps",
      items: [
        say(
          "The shopper presses “Buy”; your server calls [POST /v1/orders](/docs/api/post-orders) with the price from its own records.",
          "顾客点击“购买”，您的服务器按自己的价格记录调用 [POST /v1/orders](/docs/api/post-orders)。",
          "顧客點選「購買」，您的伺服器按自己的價格記錄呼叫 [POST /v1/orders](/docs/api/post-orders)。",
        ),
        say(
          "It redirects the browser to `checkout_url`. The checkout offers what fits the shopper's device and currency.",
          "将浏览器重定向到 `checkout_url`。收银台会按顾客的设备与币种显示可用的支付方式。",
          "將瀏覽器重定向到 `checkout_url`。收銀台會按顧客的裝置與幣種顯示可用的支付方式。",
        ),
        say(
          "After paying, the shopper comes back to your `return_url`. That alone proves nothing: anybody can open it.",
          "付款后顾客回到 `return_url`。这一步不能作为付款凭据，因为任何人都可以打开该地址。",
          "付款後顧客回到 `return_url`。這一步不能作為付款憑據，因為任何人都可以開啟該地址。",
        ),
        say(
          "The webhook `order.paid` arrives. Verify it, compare amount and currency, ship.",
          "收到 Webhook `order.paid` 后，验签、核对金额与币种，再发货。",
          "收到 Webhook `order.paid` 後，驗籤、核對金額與幣種，再發貨。",
        ),
      ],
    },
    heading("server", say("The server", "服务端", "伺服器端")),
    {
      kind: "samples",
      label: say("A whole server", "完整的服务端", "完整的伺服器端"),
      files: [
        { name: "server.ts", file: "guides/web/server.ts" },
        { name: "verify.ts", file: "webhooks/node/verify.ts" },
      ],
    },
    {
      kind: "code",
      label: say("Start it", "启动", "啟動"),
      code: (origin) => `export PAYLINK_URL=${origin} PAYLINK_KEY=sk_test_…

# Tell the platform where to send events; the answer carries the secret.
curl -s ${origin}/v1/webhook_endpoints \\
  -H "Authorization: Bearer $PAYLINK_KEY" -H "Content-Type: application/json" \\
  -d '{"url":"http://localhost:4000/webhooks","event_types":["order.paid"]}'

export PAYLINK_WEBHOOK_SECRET=whsec_…
node samples/guides/web/server.ts`,
    },
    heading("shop", say("A shop to look at", "示例商店", "示例商店")),
    text(
      say(
        "`npm run shop` starts a shop in two languages that does all of this; its code is in `samples/shop`. Whether the platform may reach your machine is explained under [Testing](/docs/testing#webhooks).",
        "`npm run shop` 会启动一家双语示例商店，完整演示上述流程，代码位于 `samples/shop`。平台能否访问您的本机，见[测试](/docs/testing#webhooks)。",
        "`npm run shop` 會啟動一家雙語示例商店，完整演示上述流程，程式碼位於 `samples/shop`。平台能否存取您的本機，見[測試](/docs/testing#webhooks)。",
      ),
    ),
    heading("unpaid", say("When nobody pays", "未付款的订单", "未付款的訂單")),
    text(
      say(
        "An order expires at `expires_at` and `order.expired` tells you. Close one earlier with [POST /v1/orders/{id}/close](/docs/api/post-orders-id-close). Money that comes later still is sent back or put before you, as your settings say; it is never lost.",
        "订单在 `expires_at` 到期，并以 `order.expired` 通知您。可用 [POST /v1/orders/{id}/close](/docs/api/post-orders-id-close) 提前关闭。此后到账的款项会按您的设置自动退回或交由您处理，不会丢失。",
        "訂單在 `expires_at` 到期，並以 `order.expired` 通知您。可用 [POST /v1/orders/{id}/close](/docs/api/post-orders-id-close) 提前關閉。此後到賬的款項會按您的設定自動退回或交由您處理，不會丟失。",
      ),
    ),
  ],
};
