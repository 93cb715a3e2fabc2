import { and, asc, eq, sql } from "drizzle-orm";
import { type ArticleCategory, type ArticleLocale, publishedArticles } from "#db/schema/knowledge";
import type { Context } from "#db/tenancy";
import { NotFound } from "#lib/kernel/errors";
import { plainText } from "./markdown.ts";
import { articleLocale, questionOf } from "./words.ts";

export interface FoundArticle {
  readonly slug: string;
  readonly locale: ArticleLocale;
  readonly category: ArticleCategory;
  readonly title: string;
  readonly excerpt: string;
  readonly publishedAt: Date;
}

const mostFound = 20;
const excerptLength = 160;

/** Articles in the reader's language that know of what was typed, the best first; all of them when nothing was. */
export async function searchArticles(ctx: Context, text: string | undefined): Promise<FoundArticle[]> {
  const locale = articleLocale(ctx.locale);
  const question = text === undefined ? undefined : questionOf(text);
  if (text?.trim() && !question) return [];
  const isAsked = question && sql`${publishedArticles.terms} @@ internal.article_question(${locale}, ${question})`;
  const rank =
    question && sql`ts_rank(${publishedArticles.terms}, internal.article_question(${locale}, ${question})) desc`;
  const rows = await ctx.transaction((tx) =>
    tx.db
      .select()
      .from(publishedArticles)
      .where(and(eq(publishedArticles.locale, locale), isAsked || undefined))
      .orderBy(...(rank ? [rank] : []), asc(publishedArticles.category), asc(publishedArticles.slug))
      .limit(rank ? mostFound : 100),
  );
  return rows.map(({ slug, category, title, body, publishedAt }) => ({
    slug,
    locale,
    category,
    title,
    excerpt: excerptOf(plainText(body)),
    publishedAt,
  }));
}

function excerptOf(text: string): string {
  const letters = [...text];
  return letters.length <= excerptLength ? text : `${letters.slice(0, excerptLength).join("").trimEnd()}…`;
}

export type Article = Omit<FoundArticle, "excerpt"> & { readonly body: string };

/** One article in the reader's language, in another where it is not written in that. @throws NotFound */
export async function readArticle(ctx: Context, slug: string): Promise<Article> {
  const wanted = articleLocale(ctx.locale);
  const rows = await ctx.transaction((tx) =>
    tx.db.select().from(publishedArticles).where(eq(publishedArticles.slug, slug)),
  );
  const row = rows.find(({ locale }) => locale === wanted) ?? rows[0];
  if (!row) throw new NotFound("article");
  const { locale, category, title, body, publishedAt } = row;
  return { slug, locale, category, title, body, publishedAt };
}
