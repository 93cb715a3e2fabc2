import { type DocsPage, heading, same, say, text } from "./content.ts";

export const keysPage: DocsPage = {
  slug: "keys",
  title: say("Keys and modes", "密钥与模式", "金鑰與模式"),
  lead: say(
    "The key says who calls and in which mode. Test and live are two worlds: a test key never sees a live order, and the other way round.",
    "密钥决定调用者的身份与模式。测试与正式是两个互不相通的环境：测试密钥看不到正式订单，反之亦然。",
    "金鑰決定呼叫者的身份與模式。測試與正式是兩個互不相通的環境：測試金鑰看不到正式訂單，反之亦然。",
  ),
  blocks: [
    {
      kind: "table",
      head: [say("Kind", "类型", "型別"), say("Begins with", "前缀", "字首"), say("For", "用途", "用途")],
      rows: [
        [
          say("Secret", "私钥", "私密金鑰"),
          same("`sk_test_` `sk_live_`"),
          say("Your server. It may do everything.", "商户服务器使用，拥有全部权限。", "商戶伺服器使用，擁有全部權限。"),
        ],
        [
          say("Restricted", "受限密钥", "受限金鑰"),
          same("`rk_test_` `rk_live_`"),
          say(
            "One program of yours: it may do what its permissions name.",
            "供单个程序使用，只能执行所列权限。",
            "供單個程式使用，只能執行所列權限。",
          ),
        ],
        [
          say("Publishable", "公钥", "公鑰"),
          same("`pk_test_` `pk_live_`"),
          say(
            "Browsers and apps. It may do nothing that moves money.",
            "供浏览器与 App 使用，不能动用资金。",
            "供瀏覽器與 App 使用，不能動用資金。",
          ),
        ],
      ],
    },
    {
      kind: "code",
      label: say("Every request carries the key", "每个请求都须携带密钥", "每個請求都須攜帶金鑰"),
      code: (origin) => `curl -s ${origin}/v1/orders -H "Authorization: Bearer $KEY"`,
    },
    heading("keep", say("Keeping a key safe", "保管密钥", "保管金鑰")),
    {
      kind: "list",
      items: [
        say(
          "A key is shown once, when it is made. We keep only its hash, so that a lost key is replaced and never found again.",
          "密钥仅在创建时显示一次。平台只保存其散列值，遗失后只能更换，无法找回。",
          "金鑰僅在建立時顯示一次。平台只儲存其雜湊值，遺失後只能更換，無法找回。",
        ),
        say(
          "Keep secret keys in the environment of your server: not in the code, not in an app, not in a mini program.",
          "私钥应保存在服务器的环境变量中，不要写入代码、App 或小程序。",
          "私密金鑰應儲存在伺服器的環境變數中，不要寫入程式碼、App 或小程式。",
        ),
        say(
          "Name the addresses that a key works from (`allowed_ips`), and give each program a restricted key of its own.",
          "为密钥设置来源 IP 范围（`allowed_ips`），并为每个程序单独创建受限密钥。",
          "為金鑰設定來源 IP 範圍（`allowed_ips`），併為每個程式單獨建立受限金鑰。",
        ),
      ],
    },
    heading("roll", say("Changing a key without a gap", "平滑更换密钥", "平滑更換金鑰")),
    text(
      say(
        "[Roll the key](/docs/api/post-api-keys-id-roll) with `old_key_expires_at`: both work until then, at most 30 days, and your servers can be moved one after the other. A key that has leaked is revoked, and stops at once.",
        "使用 `old_key_expires_at` [轮换密钥](/docs/api/post-api-keys-id-roll)：到期之前新旧密钥同时有效（最长 30 天），服务器可逐台切换。密钥一旦泄露应立即吊销，吊销后即刻失效。",
        "使用 `old_key_expires_at` [輪換金鑰](/docs/api/post-api-keys-id-roll)：到期之前新舊金鑰同時有效（最長 30 天），伺服器可逐台切換。金鑰一旦洩露應立即吊銷，吊銷後即刻失效。",
      ),
    ),
    text(
      say(
        "Make, roll and revoke keys in the [dashboard](/dashboard/api-keys) or by [API](/docs/api/post-api-keys).",
        "可在[商户后台](/dashboard/api-keys)或通过 [API](/docs/api/post-api-keys) 创建、轮换与吊销密钥。",
        "可在[商戶後台](/dashboard/api-keys)或透過 [API](/docs/api/post-api-keys) 建立、輪換與吊銷金鑰。",
      ),
    ),
  ],
};
