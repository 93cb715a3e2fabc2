import { windowSeconds } from "#lib/http-signatures/verify";
import { type DocsPage, heading, same, say, text } from "./content.ts";

const minutes = windowSeconds / 60;

export const signingPage: DocsPage = {
  slug: "signing",
  title: say("Signed requests", "请求签名", "請求簽章"),
  lead: say(
    "A signature proves that a request is yours, is new and was not changed on its way, even to somebody who has seen the key. It follows RFC 9421; each key may allow or demand it.",
    "签名可证明请求由您发出、未被重放且未被篡改，即使他人见过该密钥。签名遵循 RFC 9421，可按密钥设为可选或必须。",
    "簽章可證明請求由您發出、未被重放且未被竄改，即使他人見過該金鑰。簽章遵循 RFC 9421，可按金鑰設為可選或必須。",
  ),
  blocks: [
    {
      kind: "steps",
      items: [
        say(
          "Set signing up for a key in the [dashboard](/dashboard/api-keys) or by [API](/docs/api/post-api-keys-id-signing): `hmac-sha256` gives you a shared secret, shown once; for `ed25519` you send your public key and keep the private one.",
          "在[商户后台](/dashboard/api-keys)或通过 [API](/docs/api/post-api-keys-id-signing) 为密钥设置签名：`hmac-sha256` 会返回仅显示一次的共享密钥；`ed25519` 由您提交公钥，私钥自行保管。",
          "在[商戶後台](/dashboard/api-keys)或透過 [API](/docs/api/post-api-keys-id-signing) 為金鑰設定簽章：`hmac-sha256` 會傳回僅顯示一次的共享金鑰；`ed25519` 由您提交公鑰，私鑰自行保管。",
        ),
        say(
          "Sign the requests of your servers. Unsigned ones are still taken.",
          "让服务器对请求签名，此时未签名的请求仍会被接受。",
          "讓伺服器對請求簽章，此時未簽章的請求仍會被接受。",
        ),
        say(
          "Set `required`: from then on a request without a good signature is refused.",
          "启用 `required`：此后没有有效签名的请求将被拒绝。",
          "啟用 `required`：此後沒有有效簽章的請求將被拒絕。",
        ),
      ],
    },
    heading("what", say("What is signed", "签名内容", "簽章內容")),
    {
      kind: "table",
      head: [say("Part", "部分", "部分"), say("Rule", "规则", "規則")],
      rows: [
        [
          same("`@method`, `@target-uri`"),
          say(
            "Always. Instead of `@target-uri` also `@authority`, `@path` and `@query` together.",
            "必须包含。也可用 `@authority`、`@path` 与 `@query` 三者代替 `@target-uri`。",
            "必須包含。也可用 `@authority`、`@path` 與 `@query` 三者代替 `@target-uri`。",
          ),
        ],
        [
          same("`content-digest`"),
          say(
            "Whenever there is a body: `sha-256` or `sha-512` of its bytes (RFC 9530).",
            "有请求体时必须包含：请求体字节的 `sha-256` 或 `sha-512`（RFC 9530）。",
            "有請求主體時必須包含：請求主體位元組的 `sha-256` 或 `sha-512`（RFC 9530）。",
          ),
        ],
        [
          same("`created`"),
          say(
            `Unix seconds, at most ${minutes} minutes from our clock. \`expires\` is honoured when given.`,
            `Unix 秒，与平台时钟相差不超过 ${minutes} 分钟；如提供 \`expires\` 则一并校验。`,
            `Unix 秒，與平台時鐘相差不超過 ${minutes} 分鐘；如提供 \`expires\` 則一併校驗。`,
          ),
        ],
        [
          same("`nonce`"),
          say(
            "8 to 128 visible ASCII characters, new for each request and each retry.",
            "8 至 128 个可见 ASCII 字符，每次请求及每次重试都必须不同。",
            "8 至 128 個可見 ASCII 字元，每次請求及每次重試都必須不同。",
          ),
        ],
        [
          same("`keyid`"),
          say(
            "The id of the API key: `key_…`, not the key itself.",
            "API 密钥的 ID：`key_…`，而非密钥本身。",
            "API 金鑰的 ID：`key_…`，而非金鑰本身。",
          ),
        ],
      ],
    },
    text(
      say(
        "Other headers may be signed as well. The `Authorization` header stays: the signature comes on top of the key.",
        "也可以签名其他请求头。`Authorization` 请求头仍须携带：签名是在密钥之外的额外保护。",
        "也可以簽章其他標頭。`Authorization` 標頭仍須攜帶：簽章是在金鑰之外的額外保護。",
      ),
    ),
    heading("sample", say("How to sign", "签名示例", "簽章範例")),
    {
      kind: "samples",
      label: say("The standard library is enough", "仅需标准库", "僅需標準函式庫"),
      files: [
        { name: "sign.ts", file: "signing/sign.ts" },
        { name: "create-order.ts", file: "signing/create-order.ts" },
      ],
    },
    heading("refused", say("When it is refused", "被拒绝时", "被拒絕時")),
    {
      kind: "table",
      head: [say("Code", "错误码", "錯誤碼"), say("Meaning", "含义", "含義")],
      rows: [
        [
          same("[signature_required](/docs/errors#signature_required)"),
          say(
            "The key demands a signature, and none names it.",
            "该密钥要求签名，但请求中没有对应的签名。",
            "該金鑰要求簽章，但請求中沒有對應的簽章。",
          ),
        ],
        [
          same("[signature_invalid](/docs/errors#signature_invalid)"),
          say(
            "`values.problem` says what: `malformed`, `algorithm`, `components`, `nonce`, `window`, `digest` or `signature`.",
            "`values.problem` 说明原因：`malformed`、`algorithm`、`components`、`nonce`、`window`、`digest` 或 `signature`。",
            "`values.problem` 說明原因：`malformed`、`algorithm`、`components`、`nonce`、`window`、`digest` 或 `signature`。",
          ),
        ],
        [
          same("[signature_replayed](/docs/errors#signature_replayed)"),
          say(
            "A request with this nonce came before. Sign again; with an [Idempotency-Key](/docs/idempotency) nothing happens twice.",
            "该 nonce 已使用过。请重新签名；配合 [Idempotency-Key](/docs/idempotency) 不会重复执行。",
            "該 nonce 已使用過。請重新簽章；配合 [Idempotency-Key](/docs/idempotency) 不會重複執行。",
          ),
        ],
      ],
    },
  ],
};
