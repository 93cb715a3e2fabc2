import { and, desc, eq, sql } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import {
  type ArticleCategory,
  type ArticleLocale,
  articles,
  articleVersions,
  publishedArticles,
} from "#db/schema/knowledge";
import { AppError, NotFound } from "#lib/kernel/errors";
import { newPlatformId } from "#lib/kernel/ids";
import { plainText } from "#lib/knowledge/markdown";
import { wordsOf } from "#lib/knowledge/words";
import type { OperatorContext, OperatorTx } from "../context.ts";
import { recordDeed } from "../record.ts";

export type ArticleRow = typeof articles.$inferSelect;
export type ArticleVersion = typeof articleVersions.$inferSelect;

export interface WrittenArticle {
  readonly article: ArticleRow;
  /** Newest first, of both languages. */
  readonly versions: readonly ArticleVersion[];
  /** The version of each language that merchants read. */
  readonly shown: ReadonlyMap<ArticleLocale, number>;
}

/** All articles, with what is written and what is shown. There are some dozens of them. */
export async function listArticles(): Promise<WrittenArticle[]> {
  const db = operatorDatabase();
  const [rows, versions, shown] = await Promise.all([
    db.select().from(articles).orderBy(articles.category, articles.slug),
    // What an article said before stands on its own page.
    db
      .selectDistinctOn([articleVersions.articleId, articleVersions.locale])
      .from(articleVersions)
      .orderBy(articleVersions.articleId, articleVersions.locale, desc(articleVersions.version)),
    db
      .select({ id: publishedArticles.articleId, locale: publishedArticles.locale, version: publishedArticles.version })
      .from(publishedArticles),
  ]);
  return rows.map((article) => ({
    article,
    versions: versions.filter(({ articleId }) => articleId === article.id),
    shown: new Map(shown.filter(({ id }) => id === article.id).map(({ locale, version }) => [locale, version])),
  }));
}

const mostVersions = 100;

/** @throws NotFound */
export async function readWritten(id: string): Promise<WrittenArticle> {
  const db = operatorDatabase();
  const [[article], versions, shown] = await Promise.all([
    db.select().from(articles).where(eq(articles.id, id)),
    db
      .select()
      .from(articleVersions)
      .where(eq(articleVersions.articleId, id))
      .orderBy(desc(articleVersions.version))
      .limit(mostVersions),
    db
      .select({ locale: publishedArticles.locale, version: publishedArticles.version })
      .from(publishedArticles)
      .where(eq(publishedArticles.articleId, id)),
  ]);
  if (!article) throw new NotFound("article");
  return { article, versions, shown: new Map(shown.map(({ locale, version }) => [locale, version])) };
}

export interface Draft {
  readonly locale: ArticleLocale;
  readonly title: string;
  readonly body: string;
}

/** A new article with a first draft. @throws AppError article_slug_taken */
export async function createArticle(
  octx: OperatorContext,
  { slug, category, ...draft }: Draft & { readonly slug: string; readonly category: ArticleCategory },
): Promise<string> {
  return octx.transaction(async (tx) => {
    const id = newPlatformId("article", tx.now.getTime());
    const [row] = await tx.db
      .insert(articles)
      .values({ id, slug, category, createdBy: octx.operator.id, createdAt: tx.now })
      .onConflictDoNothing()
      .returning();
    if (!row) throw new AppError("conflict", "article_slug_taken", { param: "slug" });
    await writeDraft(tx, id, draft);
    await recordDeed(tx, { verb: "article.create", objectId: id, change: { slug, locale: draft.locale } });
    return id;
  });
}

/** Goes on with the draft of that language, or begins one beside what is published. @throws NotFound */
export async function saveDraft(octx: OperatorContext, id: string, draft: Draft): Promise<void> {
  await octx.transaction(async (tx) => {
    await lockArticle(tx, id);
    const version = await writeDraft(tx, id, draft);
    await recordDeed(tx, { verb: "article.draft", objectId: id, change: { locale: draft.locale, version } });
  });
}

async function writeDraft(tx: OperatorTx, id: string, { locale, title, body }: Draft): Promise<number> {
  const last = await latest(tx, id, locale);
  const version = last?.state === "draft" ? last.version : (last?.version ?? 0) + 1;
  const written = { title, body, state: "draft" as const, editedBy: tx.octx.operator.id, editedAt: tx.now };
  await tx.db
    .insert(articleVersions)
    .values({ articleId: id, locale, version, ...written })
    .onConflictDoUpdate({
      target: [articleVersions.articleId, articleVersions.locale, articleVersions.version],
      set: written,
    });
  return version;
}

async function lockArticle(tx: OperatorTx, id: string): Promise<ArticleRow> {
  const [row] = await tx.db.select().from(articles).where(eq(articles.id, id)).for("update");
  if (!row) throw new NotFound("article");
  return row;
}

async function latest(tx: OperatorTx, id: string, locale: ArticleLocale): Promise<ArticleVersion | undefined> {
  const [row] = await tx.db
    .select()
    .from(articleVersions)
    .where(and(eq(articleVersions.articleId, id), eq(articleVersions.locale, locale)))
    .orderBy(desc(articleVersions.version))
    .limit(1);
  return row;
}

/** Shows the latest version of a language to merchants. @throws NotFound, AppError article_nothing_to_publish */
export async function publishArticle(octx: OperatorContext, id: string, locale: ArticleLocale): Promise<void> {
  await octx.transaction(async (tx) => {
    const { slug, category } = await lockArticle(tx, id);
    const last = await latest(tx, id, locale);
    if (!last) throw new AppError("conflict", "article_nothing_to_publish", { param: "locale" });
    const { version, title, body } = last;
    await tx.db
      .update(articleVersions)
      .set({ state: "published", publishedAt: last.publishedAt ?? tx.now })
      .where(
        and(
          eq(articleVersions.articleId, id),
          eq(articleVersions.locale, locale),
          eq(articleVersions.version, version),
        ),
      );
    const words = (text: string) => (locale === "en" ? text : wordsOf(text).join(" "));
    const terms = sql<string>`internal.article_terms(${locale}, ${words(title)}, ${words(plainText(body))})`;
    const shown = { slug, category, version, title, body, terms, publishedAt: tx.now };
    await tx.db
      .insert(publishedArticles)
      .values({ articleId: id, locale, ...shown })
      .onConflictDoUpdate({ target: [publishedArticles.locale, publishedArticles.articleId], set: shown });
    await recordDeed(tx, { verb: "article.publish", objectId: id, change: { locale, version } });
  });
}

/** Shows it no more; what was written stays. @throws NotFound */
export async function withdrawArticle(octx: OperatorContext, id: string, locale: ArticleLocale): Promise<void> {
  await octx.transaction(async (tx) => {
    await lockArticle(tx, id);
    await tx.db
      .delete(publishedArticles)
      .where(and(eq(publishedArticles.articleId, id), eq(publishedArticles.locale, locale)));
    await recordDeed(tx, { verb: "article.withdraw", objectId: id, change: { locale } });
  });
}
