import { type DocsPage, heading, same, say, text } from "./content.ts";

export const apiOnlyGuide: DocsPage = {
  slug: "guides/api-only",
  title: say("Take payments by API only", "仅通过 API 收款", "僅透過 API 收款"),
  lead: say(
    "With a checkout of your own you start the payment yourself, and the answer says what the shopper must do next.",
    "如果使用自己的收银台，可直接发起支付，应答会说明顾客接下来要做什么。",
    "如果使用自己的收銀台，可直接發起支付，回應會說明顧客接下來要做什麼。",
  ),
  blocks: [
    {
      kind: "samples",
      label: say("Order, payment, refund", "下单、支付、退款", "下單、支付、退款"),
      files: [
        { name: "Node", file: "guides/api-only/pay.ts" },
        { name: "Python", file: "guides/api-only/pay.py" },
      ],
    },
    heading("action", say("What the shopper must do", "顾客的下一步", "顧客的下一步")),
    text(
      say(
        "[POST /v1/orders/{id}/attempts](/docs/api/post-orders-id-attempts) needs an Idempotency-Key and answers with an `action`, or with none when the payment has been made or refused.",
        "[POST /v1/orders/{id}/attempts](/docs/api/post-orders-id-attempts) 必须携带 Idempotency-Key，应答中的 `action` 说明下一步；若已支付或被拒绝，则没有 `action`。",
        "[POST /v1/orders/{id}/attempts](/docs/api/post-orders-id-attempts) 必須攜帶 Idempotency-Key，回應中的 `action` 說明下一步；若已支付或被拒絕，則沒有 `action`。",
      ),
    ),
    {
      kind: "table",
      head: [same("`action.type`"), say("What you do", "您的处理", "您的處理")],
      rows: [
        [
          same("`qr`"),
          say(
            "Draw `content` as a QR code for the wallet's app.",
            "将 `content` 绘制成二维码，供钱包 App 扫描。",
            "將 `content` 繪製成二維碼，供錢包 App 掃描。",
          ),
        ],
        [
          same("`redirect`"),
          say(
            "Send the browser to `url`: a wallet, or 3-D Secure.",
            "将浏览器跳转到 `url`：钱包页面或 3-D Secure 验证。",
            "將瀏覽器跳轉到 `url`：錢包頁面或 3-D Secure 驗證。",
          ),
        ],
        [
          same("`wallet_sdk`"),
          say(
            "Hand `parameters` to the wallet around your page.",
            "将 `parameters` 交给页面所在的钱包。",
            "將 `parameters` 交給頁面所在的錢包。",
          ),
        ],
      ],
    },
    heading("failed", say("When a payment fails", "支付失败时", "支付失敗時")),
    text(
      say(
        "The attempt is `failed` and says why in `decline_reason`; the order stays payable. Start another attempt under a new Idempotency-Key. While one is still open, a second is refused: never charge twice.",
        "支付尝试变为 `failed`，原因见 `decline_reason`；订单仍可支付，请用新的 Idempotency-Key 再次发起。前一次尚未结束时，第二次会被拒绝，以免重复扣款。",
        "付款嘗試變為 `failed`，原因見 `decline_reason`；訂單仍可支付，請用新的 Idempotency-Key 再次發起。前一次尚未結束時，第二次會被拒絕，以免重複扣款。",
      ),
    ),
    text(
      say(
        "Card numbers never pass through your server or ours: the provider's fields turn them into a `token`.",
        "卡号不会经过您的或我们的服务器：由渠道的输入框直接换取 `token`。",
        "卡號不會經過您的或我們的伺服器：由通道的輸入框直接換取 `token`。",
      ),
    ),
  ],
};
