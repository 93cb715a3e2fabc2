import { apiVersions } from "#lib/api/middleware/version";
import { type DocsPage, heading, same, say, text } from "./content.ts";

export const versioningPage: DocsPage = {
  slug: "versioning",
  title: say("Versions", "版本", "版本"),
  lead: say(
    "The API has a version by date. A change that could break your program gets a new date; additions do not.",
    "API 以日期作为版本号。可能影响现有程序的变更会启用新日期，单纯的新增不会。",
    "API 以日期作為版本號。可能影響現有程式的變更會啟用新日期，單純的新增不會。",
  ),
  blocks: [
    {
      kind: "code",
      label: say("Ask for a version", "指定版本", "指定版本"),
      code: (origin) =>
        `curl -si ${origin}/v1/orders -H "Authorization: Bearer $KEY" -H "GPL-Version: ${apiVersions[0]}"`,
    },
    text(
      say(
        "Each answer says in `gpl-version` which one spoke. Without the header it is the newest; a version that we do not speak is refused with [version_unknown](/docs/errors#version_unknown) before anything is done.",
        "每个应答都在 `gpl-version` 中注明所用版本。未指定时使用最新版本；不支持的版本会在执行任何操作之前以 [version_unknown](/docs/errors#version_unknown) 拒绝。",
        "每個回應都在 `gpl-version` 中註明所用版本。未指定時使用最新版本；不支援的版本會在執行任何操作之前以 [version_unknown](/docs/errors#version_unknown) 拒絕。",
      ),
    ),
    {
      kind: "table",
      head: [say("Version", "版本", "版本"), say("Changes", "变更", "變更")],
      rows: apiVersions.map((version) => [
        same(`\`${version}\``),
        say(
          "See the [change log](/docs/changelog).",
          "见[更新日志](/docs/changelog)。",
          "見[更新日誌](/docs/changelog)。",
        ),
      ]),
    },
    heading("additions", say("What your program must expect", "程序应能应对的变化", "程式應能應對的變化")),
    {
      kind: "list",
      items: [
        say(
          "New fields in answers and events: ignore what you do not know.",
          "应答与事件中出现新字段：忽略不认识的字段。",
          "回應與事件中出現新欄位：忽略不認識的欄位。",
        ),
        say(
          "New event types: accept them with 2xx and leave them alone.",
          "出现新的事件类型：返回 2xx 即可，不必处理。",
          "出現新的事件型別：傳回 2xx 即可，不必處理。",
        ),
        say(
          "New error codes under the known HTTP statuses.",
          "在已知的 HTTP 状态码下出现新的错误码。",
          "在已知的 HTTP 狀態碼下出現新的錯誤碼。",
        ),
        say(
          "New optional fields, operations and payment methods.",
          "出现新的可选字段、接口与支付方式。",
          "出現新的可選欄位、API 與支付方式。",
        ),
      ],
    },
  ],
};
