import { redirectPath } from "#lib/sso/redirect";
import { type DocsPage, heading, say, text } from "./content.ts";

export const singleSignOnPage: DocsPage = {
  slug: "single-sign-on",
  title: say("Single sign-on", "单点登录", "單一登入"),
  lead: say(
    "Your team signs in to the dashboard at your company's own OpenID Connect provider. An owner sets it up in [Single sign-on](/dashboard/sso), or by [API](/docs/api/patch-sso) from a signed-in session.",
    "团队成员可通过贵公司的 OpenID Connect 身份提供商登录商户后台，由所有者在[单点登录](/dashboard/sso)中配置，或在登录状态下通过 [API](/docs/api/patch-sso) 配置。",
    "團隊成員可透過貴公司的 OpenID Connect 身分提供者登入商戶後台，由擁有者在[單一登入](/dashboard/sso)中設定，或在登入狀態下透過 [API](/docs/api/patch-sso) 設定。",
  ),
  blocks: [
    {
      kind: "steps",
      items: [
        say(
          "Make a web application at the provider, with the scopes `openid`, `email` and `profile`, and allow the redirect URI that the page shows.",
          "在身份提供商创建 Web 应用，权限范围为 `openid`、`email` 与 `profile`，并允许页面上显示的回调地址。",
          "在身分提供者建立 Web 應用程式，權限範圍為 `openid`、`email` 與 `profile`，並允許頁面上顯示的回呼位址。",
        ),
        say(
          "Enter issuer, client ID and client secret, and test the connection: what is wrong is said at its field.",
          "填写颁发者、客户端 ID 与客户端密钥并测试连接，如有错误会在对应字段提示。",
          "填寫簽發者、用戶端 ID 與用戶端密鑰並測試連線，如有錯誤會在對應欄位提示。",
        ),
        say(
          "Add the domain of your e-mail addresses, set the TXT record, verify. The provider may speak for these domains only.",
          "添加贵公司的邮箱域名，设置 TXT 记录并验证。身份提供商仅可代表这些域名。",
          "新增貴公司的信箱網域，設定 TXT 記錄並驗證。身分提供者僅可代表這些網域。",
        ),
        say(
          "Sign in once in a private window. If you like, require it then.",
          "在无痕窗口中登录一次以确认流程，之后可按需设为仅允许单点登录。",
          "在無痕視窗中登入一次以確認流程，之後可依需要設為僅允許單一登入。",
        ),
      ],
    },
    {
      kind: "code",
      label: say("Redirect URI", "回调地址", "回呼位址"),
      code: (origin) => `${origin}${redirectPath}`,
    },
    heading("who", say("Who comes in", "谁可以进入", "誰可以進入")),
    {
      kind: "list",
      items: [
        say(
          "A member, with the role that he has; somebody invited, with the role of the invitation; anybody else whom the provider lets through, with the default role.",
          "现有成员沿用原角色；受邀者使用邀请中的角色；身份提供商放行的其他人使用默认角色。",
          "現有成員沿用原角色；受邀者使用邀請中的角色；身分提供者放行的其他人使用預設角色。",
        ),
        say(
          "The provider has to say that the e-mail address is verified (`email_verified`).",
          "身份提供商须声明邮箱已验证（`email_verified`）。",
          "身分提供者須聲明信箱已驗證（`email_verified`）。",
        ),
        say(
          "Whoever was removed from the team stays out until invited again.",
          "被移出团队的成员须重新邀请后才能进入。",
          "被移出團隊的成員須重新邀請後才能進入。",
        ),
      ],
    },
    heading("limits", say("What it does not open", "权限边界", "權限邊界")),
    text(
      say(
        "Such a sign-in opens your merchant alone, and not the person's account: password, passkeys and second factor are changed after signing in with them. A second factor is your provider's to ask for.",
        "单点登录只能进入您的商户，不能修改个人账号：密码、通行密钥与两步验证须以其自身方式登录后修改。两步验证由身份提供商负责。",
        "單一登入只能進入您的商戶，不能變更個人帳號：密碼、通行密鑰與兩步驟驗證須以其自身方式登入後變更。兩步驟驗證由身分提供者負責。",
      ),
    ),
    text(
      say(
        "When it is required, owners can still use their password or passkey, so that a broken provider locks nobody out for good. API keys are not touched.",
        "要求单点登录后，所有者仍可使用密码或通行密钥，以免身份提供商故障时无法登录。API 密钥不受影响。",
        "要求單一登入後，擁有者仍可使用密碼或通行密鑰，以免身分提供者故障時無法登入。API 金鑰不受影響。",
      ),
    ),
  ],
};
