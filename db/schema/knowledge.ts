import { customType, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";

const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

export const articleCategories = ["start", "payments", "refunds", "webhooks", "reconciliation", "test_mode"] as const;
export type ArticleCategory = (typeof articleCategories)[number];

export const articleLocales = ["zh-CN", "en"] as const;
export type ArticleLocale = (typeof articleLocales)[number];

/** An article of the knowledge base, whatever its language. */
export const articles = pgTable(
  "articles",
  {
    id: text("id").primaryKey(),
    /** Stands in its address. */
    slug: text("slug").notNull(),
    category: text("category", { enum: articleCategories }).notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("articles_by_slug").on(t.slug)],
);

/** What an article said and says in one language. A version that was published is never changed. */
export const articleVersions = pgTable(
  "article_versions",
  {
    articleId: text("article_id").notNull(),
    locale: text("locale", { enum: articleLocales }).notNull(),
    /** 1, 2, 3 … */
    version: integer("version").notNull(),
    title: text("title").notNull(),
    /** Markdown, as lib/knowledge/markdown reads it. */
    body: text("body").notNull(),
    state: text("state", { enum: ["draft", "published"] }).notNull(),
    editedBy: text("edited_by").notNull(),
    editedAt: instant("edited_at").notNull(),
    publishedAt: instant("published_at"),
  },
  (t) => [
    primaryKey({ columns: [t.articleId, t.locale, t.version] }),
    foreignKey({ columns: [t.articleId], foreignColumns: [articles.id], name: "article_versions_article" }),
  ],
);

/** What merchants read and search: the latest published version of each language. The app's role sees no draft. */
export const publishedArticles = pgTable(
  "published_articles",
  {
    articleId: text("article_id").notNull(),
    locale: text("locale", { enum: articleLocales }).notNull(),
    slug: text("slug").notNull(),
    category: text("category", { enum: articleCategories }).notNull(),
    version: integer("version").notNull(),
    title: text("title").notNull(),
    body: text("body").notNull(),
    /** Words of the Latin script, and pairs of neighbours of the Chinese. */
    terms: tsvector("terms").notNull(),
    publishedAt: instant("published_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.locale, t.articleId] }),
    foreignKey({ columns: [t.articleId], foreignColumns: [articles.id], name: "published_articles_article" }),
    uniqueIndex("published_articles_by_slug").on(t.locale, t.slug),
    index("published_articles_by_term").using("gin", t.terms),
  ],
);
