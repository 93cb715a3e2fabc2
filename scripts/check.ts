import "./load-environment.ts";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import postgres from "postgres";
import { ownMigrations } from "#lib/backup/manifest";
import type { Locale } from "#lib/kernel/locale";
import { translate } from "#lib/messages/translate";
import { checkDatabase, checkDisk, checkSettings } from "#lib/self-check/find-problems";
import { openDatabase } from "./database.ts";
import { endInSentence } from "./say.ts";

/** `npm run check`: what is misconfigured, and how to mend it, in the language of LANG. */
await endInSentence(async () => {
  const locale = localeOf(process.env.LANG ?? "");
  const folder = join(process.cwd(), ".data");
  const database = await openDatabase(process.env.DATABASE_URL, process.cwd());
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const found = [
      ...checkSettings(process.env),
      ...(await checkDatabase(owner, ownMigrations())),
      ...(database.embedded ? checkDisk(folder, await statfs(folder)) : []),
    ];
    for (const { severity, code, values } of found) {
      console.log(`${severity === "error" ? "✗" : "!"} ${translate(locale, `selfCheck.${code}`, values)}`);
    }
    if (found.length === 0) console.log(`✓ ${translate(locale, "selfCheck.all_well")}`);
    if (found.some(({ severity }) => severity === "error")) process.exitCode = 1;
  } finally {
    await owner.end({ timeout: 1 });
    if (database.embedded && !database.embedded.attached) await database.embedded.stop();
  }
});

function localeOf(language: string): Locale {
  if (/^zh[_-](?:TW|HK|MO|Hant)/i.test(language)) return "zh-TW";
  return /^zh/i.test(language) ? "zh-CN" : "en";
}
