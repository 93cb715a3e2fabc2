import { z } from "@hono/zod-openapi";
import { articleCategories, articleLocales } from "#db/schema/knowledge";
import { type Article, type FoundArticle, readArticle, searchArticles } from "#lib/knowledge/read-articles";
import { listSchema, resource, route } from "./route.ts";

/** Our answers to what merchants often ask. */
export const articles = resource();
const tag = "Knowledge base";

const common = {
  id: z.string().openapi({ description: "Stands in the article's address." }),
  object: z.literal("article"),
  locale: z.enum(articleLocales),
  category: z.enum(articleCategories),
  title: z.string(),
  published_at: z.string(),
};
const foundSchema = z.object({ ...common, excerpt: z.string() }).openapi("FoundArticle");
const articleSchema = z
  .object({ ...common, body: z.string().openapi({ description: "Markdown." }) })
  .openapi("Article");

function commonJson({ slug, locale, category, title, publishedAt }: Omit<Article, "body">) {
  return { id: slug, object: "article" as const, locale, category, title, published_at: publishedAt.toISOString() };
}

const foundJson = (found: FoundArticle) => ({ ...commonJson(found), excerpt: found.excerpt });

articles.openapi(
  route({
    method: "get",
    path: "/v1/articles",
    tag,
    summary: "Search the knowledge base",
    description: "In the language of the request; all articles when nothing is searched for.",
    permission: "tickets:read",
    request: { query: z.strictObject({ search: z.string().max(200).optional() }) },
    answer: { status: 200, schema: listSchema(foundSchema, "ArticleList"), description: "The best first." },
  }),
  async (c) => {
    const found = await searchArticles(c.var.ctx, c.req.valid("query").search);
    return c.json({ object: "list" as const, data: found.map(foundJson), has_more: false }, 200);
  },
);

articles.openapi(
  route({
    method: "get",
    path: "/v1/articles/{slug}",
    tag,
    summary: "Read an article",
    permission: "tickets:read",
    request: { params: z.object({ slug: z.string().max(80) }) },
    answer: { status: 200, schema: articleSchema, description: "The article." },
  }),
  async (c) => {
    const { body, ...article } = await readArticle(c.var.ctx, c.req.valid("param").slug);
    return c.json({ ...commonJson(article), body }, 200);
  },
);
