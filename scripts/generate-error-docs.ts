import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import en from "#messages/en.json" with { type: "json" };
import zhCN from "#messages/zh-CN.json" with { type: "json" };

type Messages = Readonly<Record<string, string>>;

const introduction = `# Error codes

Errors are \`application/problem+json\` (RFC 9457): \`status\`, \`code\`, \`detail\` in the caller's language (\`Accept-Language\`),
\`param\` for the field at fault, and \`request_id\` to quote. Programs go by \`code\`; the sentences may change. What stands in
braces here is filled in there, and is also under \`values\`.

Written from the message catalogues by \`scripts/generate-error-docs.ts\`.
`;

/** The page of all codes, in the order of the alphabet; a code is its own heading, to be linked to. */
export function errorsPage(english: Messages, chinese: Messages): string {
  const entries = Object.keys(english)
    .sort()
    .map((code) => `\n## ${code}\n\n${english[code]}\n\n${chinese[code] ?? ""}\n`);
  return introduction + entries.join("");
}

export const currentErrorsPage = (): string => errorsPage(en.errors, zhCN.errors);

if (import.meta.main) {
  writeFileSync(fileURLToPath(new URL("../docs/errors.md", import.meta.url)), currentErrorsPage());
}
