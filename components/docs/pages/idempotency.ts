import { type DocsPage, heading, say, text } from "./content.ts";

export const idempotencyPage: DocsPage = {
  slug: "idempotency",
  title: say("Repeating a request", "重复请求", "重複請求"),
  lead: say(
    "A request whose answer was lost can be sent again. With the same `Idempotency-Key` nothing happens twice.",
    "没有收到应答的请求可以重发。只要使用相同的 `Idempotency-Key`，操作就不会重复执行。",
    "沒有收到回應的請求可以重發。只要使用相同的 `Idempotency-Key`，操作就不會重複執行。",
  ),
  blocks: [
    text(
      say(
        "Choose a key for each thing that you want to happen once, such as your order number, and keep it for every try. It is 1 to 255 visible ASCII characters and belongs to one merchant in one mode.",
        "为每件只应发生一次的事选定一个键（例如您的订单号），每次重试都使用它。键由 1 至 255 个可见 ASCII 字符组成，在同一商户的同一模式内有效。",
        "為每件只應發生一次的事選定一個鍵（例如您的訂單號），每次重試都使用它。鍵由 1 至 255 個可見 ASCII 字元組成，在同一商戶的同一模式內有效。",
      ),
    ),
    {
      kind: "code",
      label: say(
        "Twice the same request, one order",
        "相同请求发送两次，只有一个订单",
        "相同請求傳送兩次，只有一個訂單",
      ),
      code: (origin) => `for TRY in 1 2; do
  curl -si ${origin}/v1/orders \\
    -H "Authorization: Bearer $KEY" \\
    -H "Idempotency-Key: SO-1002" \\
    -H "Content-Type: application/json" \\
    -d '{"merchant_order_no":"SO-1002","amount":8800,"currency":"CNY","subject":"Jasmine tea"}'
done`,
    },
    {
      kind: "table",
      head: [say("When the key", "键的情况", "鍵的情況"), say("The answer", "应答", "回應")],
      rows: [
        [
          say("came with the same request", "与之前的请求相同", "與之前的請求相同"),
          say(
            "is the first one, with `idempotency-replayed: true`.",
            "返回首次结果，并带有 `idempotency-replayed: true`。",
            "傳回首次結果，並帶有 `idempotency-replayed: true`。",
          ),
        ],
        [
          say("came with another request", "用于不同的请求", "用於不同的請求"),
          say(
            "is 422 [idempotency_key_reused](/docs/errors#idempotency_key_reused).",
            "返回 422 [idempotency_key_reused](/docs/errors#idempotency_key_reused)。",
            "傳回 422 [idempotency_key_reused](/docs/errors#idempotency_key_reused)。",
          ),
        ],
        [
          say("belongs to a request still under way", "对应的请求仍在处理", "對應的請求仍在處理"),
          say(
            "is 409 [idempotency_in_progress](/docs/errors#idempotency_in_progress). Send it again in a second.",
            "返回 409 [idempotency_in_progress](/docs/errors#idempotency_in_progress)，请稍后重发。",
            "傳回 409 [idempotency_in_progress](/docs/errors#idempotency_in_progress)，請稍後重發。",
          ),
        ],
        [
          say("is missing where it is required", "必填而未填", "必填而未填"),
          say(
            "is 400 [idempotency_key_required](/docs/errors#idempotency_key_required).",
            "返回 400 [idempotency_key_required](/docs/errors#idempotency_key_required)。",
            "傳回 400 [idempotency_key_required](/docs/errors#idempotency_key_required)。",
          ),
        ],
      ],
    },
    heading("life", say("How long a key is kept", "键的保留时间", "鍵的保留時間")),
    text(
      say(
        "24 hours. A request that was refused leaves no key behind: correct it and send it under the same one. Your own numbers protect you for longer: a `merchant_order_no` or `merchant_refund_no` is taken once, for ever.",
        "24 小时。被拒绝的请求不会占用键，修正后可用同一个键重发。您自己的编号提供更长久的保护：`merchant_order_no` 与 `merchant_refund_no` 永远只能使用一次。",
        "24 小時。被拒絕的請求不會佔用鍵，修正後可用同一個鍵重發。您自己的編號提供更長久的保護：`merchant_order_no` 與 `merchant_refund_no` 永遠只能使用一次。",
      ),
    ),
  ],
};
