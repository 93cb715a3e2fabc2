import { cardByName } from "#lib/simulators/stripe/test-cards";
import { type DocsPage, heading, type Say, same, say, text } from "./content.ts";

const cards: readonly (readonly [name: string, meaning: Say])[] = [
  ["visa", say("Paid at once.", "立即支付成功。", "立即支付成功。")],
  ["mastercard", say("Paid at once, Mastercard.", "立即支付成功（Mastercard）。", "立即支付成功（Mastercard）。")],
  ["unionpay", say("Paid at once, UnionPay.", "立即支付成功（银联）。", "立即支付成功（銀聯）。")],
  [
    "three_d_secure_required",
    say("Asks for 3-D Secure first.", "须先通过 3-D Secure 验证。", "須先透過 3-D Secure 驗證。"),
  ],
  [
    "three_d_secure_declined",
    say("Asks for 3-D Secure, then is declined.", "通过 3-D Secure 后被拒付。", "透過 3-D Secure 後被拒付。"),
  ],
  ["generic_decline", say("Declined: `card_declined`.", "拒付：`card_declined`。", "拒付：`card_declined`。")],
  [
    "insufficient_funds",
    say("Declined: `insufficient_funds`.", "拒付：`insufficient_funds`。", "拒付：`insufficient_funds`。"),
  ],
  ["expired_card", say("Declined: `card_expired`.", "拒付：`card_expired`。", "拒付：`card_expired`。")],
  ["incorrect_cvc", say("Declined: `incorrect_cvc`.", "拒付：`incorrect_cvc`。", "拒付：`incorrect_cvc`。")],
  ["radar_block", say("Declined: `suspected_fraud`.", "拒付：`suspected_fraud`。", "拒付：`suspected_fraud`。")],
  [
    "refund_succeeds_later",
    say("Paid; a refund succeeds after a while.", "支付成功；退款稍后成功。", "支付成功；退款稍後成功。"),
  ],
  [
    "refund_fails_later",
    say("Paid; a refund fails after a while.", "支付成功；退款稍后失败。", "支付成功；退款稍後失敗。"),
  ],
];

const grouped = (number: string) => number.replaceAll(/(\d{4})(?=\d)/g, "$1 ");

export const testingPage: DocsPage = {
  slug: "testing",
  title: say("Testing", "测试", "測試"),
  lead: say(
    "In test mode each provider is a simulator that speaks its protocol: signatures, notifications, refunds and failures are as they would be, and no money moves.",
    "测试模式下，每个渠道都由模拟器按其真实协议应答：签名、通知、退款与失败均与实际一致，但不动用真实资金。",
    "測試模式下，每個通道都由模擬器按其真實協議回應：簽名、通知、退款與失敗均與實際一致，但不動用真實資金。",
  ),
  blocks: [
    heading("cards", say("Test cards", "测试卡", "測試卡")),
    text(
      say(
        "Any future date, any code, any name. Real card numbers are refused.",
        "有效期填任意未来日期，安全码与姓名任意。真实卡号会被拒绝。",
        "有效期填任意未來日期，安全碼與姓名任意。真實卡號會被拒絕。",
      ),
    ),
    {
      kind: "table",
      head: [say("Number", "卡号", "卡號"), say("What happens", "结果", "結果")],
      rows: cards.map(([name, meaning]) => [same(`\`${grouped(cardByName(name).number)}\``), meaning]),
    },
    heading("wallets", say("Test wallets", "测试钱包", "測試錢包")),
    text(
      say(
        "On the checkout, the link below the code opens a test wallet that has scanned it; on a phone the wallet opens by itself. There the shopper pays, turns back, or is refused. Without a browser, the test shopper does the same by API:",
        "在收银台点击二维码下方的链接，即可打开已扫码的测试钱包；在手机上会直接跳转到钱包。顾客可在其中付款、取消或被拒绝。不使用浏览器时，可通过 API 完成同样的操作：",
        "在收銀台點選二維碼下方的連結，即可開啟已掃碼的測試錢包；在手機上會直接跳轉到錢包。顧客可在其中付款、取消或被拒絕。不使用瀏覽器時，可透過 API 完成同樣的操作：",
      ),
    ),
    {
      kind: "table",
      head: [say("Body of the request", "请求体", "請求體"), say("What happens", "结果", "結果")],
      rows: [
        [
          same('`{"act":"pay"}`'),
          say(
            "The shopper pays; `after_ms` waits first.",
            "顾客付款；`after_ms` 可设置延迟。",
            "顧客付款；`after_ms` 可設定延遲。",
          ),
        ],
        [
          same('`{"act":"cancel"}`'),
          say(
            "The shopper turns back; the order stays payable.",
            "顾客取消；订单仍可支付。",
            "顧客取消；訂單仍可支付。",
          ),
        ],
        [
          same('`{"act":"fail","reason":"insufficient_funds"}`'),
          say("The payment fails for that reason.", "支付以该原因失败。", "支付以該原因失敗。"),
        ],
      ],
    },
    {
      kind: "code",
      label: say("The test shopper pays", "测试顾客付款", "測試顧客付款"),
      code: (origin) => `curl -s ${origin}/v1/test/orders/$ORDER/act \\
  -H "Authorization: Bearer $KEY" \\
  -H "Content-Type: application/json" -d '{"act":"pay"}'`,
    },
    heading("faults", say("When the provider misbehaves", "模拟渠道故障", "模擬通道故障")),
    text(
      say(
        "Set faults for [one order](/docs/api/post-test-orders-id-faults) or for [a whole channel account](/docs/api/post-test-channel-accounts-id-faults): lost answers, time-outs, system errors, notifications that are lost, repeated, reordered, late, or name another amount. Your side must come through each of them with one payment and one `order.paid`.",
        "可针对[单个订单](/docs/api/post-test-orders-id-faults)或[整个渠道账户](/docs/api/post-test-channel-accounts-id-faults)设置故障：应答丢失、超时、系统错误，以及通知丢失、重复、乱序、迟到或金额不符。无论遇到哪一种，您的系统都应只有一笔付款、一次 `order.paid`。",
        "可針對[單個訂單](/docs/api/post-test-orders-id-faults)或[整個通道帳戶](/docs/api/post-test-channel-accounts-id-faults)設定故障：回應丟失、超時、系統錯誤，以及通知丟失、重複、亂序、遲到或金額不符。無論遇到哪一種，您的系統都應只有一筆付款、一次 `order.paid`。",
      ),
    ),
    heading("webhooks", say("Webhooks on your own machine", "在本机接收 Webhook", "在本機接收 Webhook")),
    text(
      say(
        "Webhooks go to public addresses only, so that nobody can have the platform call into its own network. `npm run up` on your own machine opens `127.0.0.1` to test mode (`WEBHOOK_ALLOW_ADDRESSES`); on a server it stays closed, and you use a tunnel. `npm run shop` starts a sample shop that is told of its payments in this way.",
        "为防止平台被用来访问其内部网络，Webhook 只会发送到公网地址。在本机运行 `npm run up` 时，测试模式会放行 `127.0.0.1`（`WEBHOOK_ALLOW_ADDRESSES`）；部署在服务器上时则不放行，请使用隧道。`npm run shop` 会启动一家示例商店，它正是以这种方式获知付款结果。",
        "為防止平台被用來存取其內部網路，Webhook 只會傳送到公網地址。在本機執行 `npm run up` 時，測試模式會放行 `127.0.0.1`（`WEBHOOK_ALLOW_ADDRESSES`）；部署在伺服器上時則不放行，請使用通道工具。`npm run shop` 會啟動一家示例商店，它正是以這種方式獲知付款結果。",
      ),
    ),
  ],
};
