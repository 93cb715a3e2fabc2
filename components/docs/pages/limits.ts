import { type DocsPage, heading, same, say, text } from "./content.ts";

/** @param perSecond requests a second of one key, as this installation is set */
export const limitsPage = (perSecond: number): DocsPage => ({
  slug: "limits",
  title: say("Limits", "限制", "限制"),
  lead: say(
    `One key may send ${perSecond} requests a second here. Beyond that the answer is 429 and nothing has been done.`,
    `每个密钥每秒最多 ${perSecond} 个请求。超出部分返回 429，且不会执行任何操作。`,
    `每個金鑰每秒最多 ${perSecond} 個請求。超出部分傳回 429，且不會執行任何操作。`,
  ),
  blocks: [
    {
      kind: "table",
      head: [say("Header", "响应头", "響應頭"), say("Meaning", "含义", "含義")],
      rows: [
        [
          same(`\`ratelimit-policy: "default";q=${perSecond};w=1\``),
          say("The quota and its window in seconds.", "配额与时间窗口（秒）。", "配額與時間視窗（秒）。"),
        ],
        [
          same('`ratelimit: "default";r=417;t=1`'),
          say(
            "What is left, and the seconds until it is full again.",
            "剩余次数与恢复所需秒数。",
            "剩餘次數與恢復所需秒數。",
          ),
        ],
        [
          same("`retry-after: 1`"),
          say("With 429 only: wait so many seconds.", "仅随 429 返回：需等待的秒数。", "僅隨 429 傳回：需等待的秒數。"),
        ],
      ],
    },
    text(
      say(
        "Wait as long as `retry-after` says, then send the same request with the same Idempotency-Key. The limit holds for each web process: several of them together let more through.",
        "按 `retry-after` 等待后，以相同的 Idempotency-Key 重发。限制按每个 Web 进程计算，多个进程合计可通过更多请求。",
        "按 `retry-after` 等待後，以相同的 Idempotency-Key 重發。限制按每個 Web 程序計算，多個程序合計可透過更多請求。",
      ),
    ),
    heading("sizes", say("Sizes", "大小", "大小")),
    {
      kind: "table",
      head: [say("What", "项目", "專案"), say("At most", "上限", "上限")],
      rows: [
        [say("Objects in a page of a list", "列表每页对象数", "列表每頁物件數"), same("100")],
        [say("Keys in `metadata`", "`metadata` 的键数", "`metadata` 的鍵數"), same("50")],
        [say("Length of a value in `metadata`", "`metadata` 单个值的长度", "`metadata` 單個值的長度"), same("500")],
        [say("Items of an order", "订单的商品行数", "訂單的商品行數"), same("100")],
        [
          say("Webhook endpoints in each mode", "每种模式的 Webhook 接收地址数", "每種模式的 Webhook 接收地址數"),
          same("16"),
        ],
      ],
    },
  ],
});
