import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type postgres from "postgres";
import { newPlatformId } from "#lib/kernel/ids";
import { plainText } from "#lib/knowledge/markdown";
import { wordsOf } from "#lib/knowledge/words";

const folder = fileURLToPath(new URL("../../docs/knowledge", import.meta.url));

interface FirstArticle {
  readonly slug: string;
  readonly locale: "en" | "zh-CN";
  readonly category: string;
  readonly title: string;
  readonly body: string;
}

/**
 * Puts the articles that come with the product into a knowledge base that has none. Whatever operators made of it later
 * stays.
 */
export async function writeFirstArticles(sql: postgres.Sql): Promise<void> {
  const [known] = await sql`select 1 from articles limit 1`;
  if (known) return;
  const files = (await readdir(folder)).filter((name) => name.endsWith(".md")).sort();
  const read = await Promise.all(files.map(readFirstArticle));
  await sql.begin(async (tx) => {
    for (const slug of new Set(read.map((article) => article.slug))) {
      const own = read.filter((article) => article.slug === slug);
      const id = newPlatformId("article");
      await tx`insert into articles (id, slug, category, created_by) values (${id}, ${slug}, ${own[0]?.category ?? ""}, 'system')`;
      for (const { locale, title, body, category } of own) {
        await tx`
          insert into article_versions (article_id, locale, version, title, body, state, edited_by, edited_at, published_at)
          values (${id}, ${locale}, 1, ${title}, ${body}, 'published', 'system', now(), now())`;
        const words = (text: string) => (locale === "en" ? text : wordsOf(text).join(" "));
        await tx`
          insert into published_articles (article_id, locale, slug, category, version, title, body, terms, published_at)
          values (${id}, ${locale}, ${slug}, ${category}, 1, ${title}, ${body},
            internal.article_terms(${locale}, ${words(title)}, ${words(plainText(body))}), now())`;
      }
    }
  });
}

/** `<slug>.<locale>.md`: the title, the category, and the text. */
async function readFirstArticle(name: string): Promise<FirstArticle> {
  const [, slug = "", locale] = /^([a-z-]+)\.(en|zh-CN)\.md$/.exec(name) ?? [];
  const source = await readFile(`${folder}/${name}`, "utf8");
  const [, title = "", category = "", body = ""] = /^# (.+)\ncategory: (\w+)\n\n([\s\S]+)$/.exec(source) ?? [];
  if (!body || (locale !== "en" && locale !== "zh-CN")) throw new Error(`docs/knowledge/${name} is no article`);
  return { slug, locale, title, category, body: body.trimEnd() };
}
