import { type Say, say } from "./content.ts";

export interface CheckItem {
  /** What the browser remembers; never used again for another item. */
  readonly id: string;
  readonly text: Say;
  /** Where it is done or explained. */
  readonly href: string;
}

export interface CheckGroup {
  readonly title: Say;
  readonly items: readonly CheckItem[];
}

const item = (id: string, href: string, text: Say): CheckItem => ({ id, href, text });

export const goLiveGroups: readonly CheckGroup[] = [
  {
    title: say("Accounts and keys", "账户与密钥", "帳戶與金鑰"),
    items: [
      item(
        "application",
        "/dashboard/go-live",
        say(
          "The application for live mode is approved: company, people, papers and the signed contract.",
          "开通正式收款的申请已通过：公司、人员、材料与已签协议。",
          "開通正式收款的申請已通過：公司、人員、文件與已簽協議。",
        ),
      ),
      item(
        "live-account",
        "/dashboard/channel-accounts",
        say(
          "A live channel account stands for each method that you offer, and its credentials were tested.",
          "每种要开通的支付方式都已配置正式渠道账户，凭据测试通过。",
          "每種要開通的支付方式都已配置正式通道帳戶，憑據測試透過。",
        ),
      ),
      item(
        "live-key",
        "/dashboard/api-keys",
        say(
          "The server uses a live key from its environment; no key is in code, app or mini program.",
          "服务器从环境变量读取正式密钥；代码、App 与小程序中没有任何密钥。",
          "伺服器從環境變數讀取正式金鑰；程式碼、App 與小程式中沒有任何金鑰。",
        ),
      ),
      item(
        "narrow-keys",
        "/docs/keys#keep",
        say(
          "Each program has a key of its own, restricted to what it does and to where it runs.",
          "每个程序使用各自的密钥，并限定其权限与来源 IP。",
          "每個程式使用各自的金鑰，並限定其權限與來源 IP。",
        ),
      ),
    ],
  },
  {
    title: say("Payments", "收款", "收款"),
    items: [
      item(
        "own-price",
        "/docs/guides/web",
        say(
          "Amount and currency come from your own records, not from the browser.",
          "金额与币种取自您自己的记录，而不是浏览器。",
          "金額與幣種取自您自己的記錄，而不是瀏覽器。",
        ),
      ),
      item(
        "idempotent",
        "/docs/idempotency",
        say(
          "Every POST carries an Idempotency-Key that stays the same over all tries.",
          "每个 POST 请求都携带 Idempotency-Key，重试时保持不变。",
          "每個 POST 請求都攜帶 Idempotency-Key，重試時保持不變。",
        ),
      ),
      item(
        "declines",
        "/docs/testing#cards",
        say(
          "You have seen a declined card, a 3-D Secure page and a cancelled wallet payment, and the shopper could try again.",
          "已测试拒付、3-D Secure 与钱包取消，顾客均可再次付款。",
          "已測試拒付、3-D Secure 與錢包取消，顧客均可再次付款。",
        ),
      ),
      item(
        "unknown",
        "/docs/testing#faults",
        say(
          "You have seen a time-out and a lost answer, and nobody was charged twice.",
          "已测试超时与应答丢失，没有重复扣款。",
          "已測試超時與回應丟失，沒有重複扣款。",
        ),
      ),
      item(
        "expiry",
        "/docs/guides/web#unpaid",
        say(
          "Unpaid orders expire when your stock should be free again.",
          "未付款订单的有效期与库存释放时间一致。",
          "未付款訂單的有效期與庫存釋放時間一致。",
        ),
      ),
    ],
  },
  {
    title: say("Webhooks", "Webhook", "Webhook"),
    items: [
      item(
        "live-endpoint",
        "/dashboard/webhooks",
        say(
          "A live endpoint with https is there, and a test event has arrived.",
          "已添加使用 https 的正式接收地址，并已收到测试事件。",
          "已新增使用 https 的正式接收地址，並已收到測試事件。",
        ),
      ),
      item(
        "verified",
        "/docs/webhooks#verify",
        say(
          "Signatures are verified over the bytes as they came; a forged one is refused with 400.",
          "对原始字节验签，伪造的请求以 400 拒绝。",
          "對原始位元組驗籤，偽造的請求以 400 拒絕。",
        ),
      ),
      item(
        "repeated",
        "/docs/webhooks",
        say(
          "The same event twice changes nothing, and events out of order do no harm.",
          "同一事件重复到达不产生影响，乱序到达也不会出错。",
          "同一事件重複到達不產生影響，亂序到達也不會出錯。",
        ),
      ),
      item(
        "quick",
        "/docs/webhooks#retry",
        say(
          "Your endpoint answers 2xx within 10 s and does slow work afterwards.",
          "接收地址在 10 秒内返回 2xx，耗时操作放在之后进行。",
          "接收地址在 10 秒內傳回 2xx，耗時操作放在之後進行。",
        ),
      ),
      item(
        "ships-on-paid",
        "/docs/webhooks#event-types",
        say(
          "Goods leave on `order.paid`, never because a browser came back.",
          "以 `order.paid` 为准发货，而不是以浏览器返回为准。",
          "以 `order.paid` 為準發貨，而不是以瀏覽器傳回為準。",
        ),
      ),
    ],
  },
  {
    title: say("Refunds and money", "退款与资金", "退款與資金"),
    items: [
      item(
        "refund",
        "/docs/api/post-refunds",
        say(
          "You have refunded in part and in full, and handled `refund.failed`.",
          "已测试部分退款与全额退款，并处理了 `refund.failed`。",
          "已測試部分退款與全額退款，並處理了 `refund.failed`。",
        ),
      ),
      item(
        "balance",
        "/dashboard/balances",
        say(
          "Your books agree with the ledger statement of a test day.",
          "您的账目与测试日的账本明细一致。",
          "您的賬目與測試日的賬本明細一致。",
        ),
      ),
    ],
  },
  {
    title: say("People", "人员", "人員"),
    items: [
      item(
        "errors",
        "/docs/errors",
        say(
          "Your log keeps `code` and `request_id` of every refused request, and somebody is told when they grow.",
          "日志中记录每个失败请求的 `code` 与 `request_id`，数量异常时有人收到告警。",
          "日誌中記錄每個失敗請求的 `code` 與 `request_id`，數量異常時有人收到告警。",
        ),
      ),
      item(
        "first-live",
        "/dashboard/orders",
        say(
          "One small live payment was made and refunded before the doors open.",
          "正式开放之前，已完成一笔小额真实付款并退款。",
          "正式開放之前，已完成一筆小額真實付款並退款。",
        ),
      ),
    ],
  },
];
