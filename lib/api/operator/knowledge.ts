import { z } from "@hono/zod-openapi";
import { articleCategories, articleLocales } from "#db/schema/knowledge";
import { namesOf } from "#lib/operator/approvals/list";
import {
  createArticle,
  listArticles,
  publishArticle,
  readWritten,
  saveDraft,
  type WrittenArticle,
  withdrawArticle,
} from "#lib/operator/knowledge/articles";
import { idParam, jsonBody, listSchema, resource } from "../route.ts";
import { operatorRoute } from "./route.ts";

/** The knowledge base as those see it who write it. */
export const knowledge = resource();
const tag = "Knowledge base";

const locale = z.enum(articleLocales);
const versionSchema = z.object({
  locale,
  version: z.number().int(),
  title: z.string(),
  body: z.string(),
  state: z.enum(["draft", "published"]),
  is_shown: z.boolean().openapi({ description: "Merchants read this one." }),
  edited_by: z.string(),
  edited_at: z.string(),
  published_at: z.string().nullable(),
});
const writtenSchema = z
  .object({
    id: z.string(),
    object: z.literal("written_article"),
    slug: z.string(),
    category: z.enum(articleCategories),
    versions: z.array(versionSchema).openapi({ description: "Newest first." }),
  })
  .openapi("WrittenArticle");

const title = z.string().trim().min(1).max(150);
const body = z.string().trim().min(1).max(50_000);
const slug = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .max(80);
const draft = { locale, title, body };

function shape({ article, versions, shown }: WrittenArticle, names: ReadonlyMap<string, string>) {
  return {
    id: article.id,
    object: "written_article" as const,
    slug: article.slug,
    category: article.category,
    versions: versions.map((row) => ({
      locale: row.locale,
      version: row.version,
      title: row.title,
      body: row.body,
      state: row.state,
      is_shown: shown.get(row.locale) === row.version,
      edited_by: names.get(row.editedBy) ?? row.editedBy,
      edited_at: row.editedAt.toISOString(),
      published_at: row.publishedAt?.toISOString() ?? null,
    })),
  };
}

async function jsonOf(id: string) {
  const written = await readWritten(id);
  return shape(written, await namesOf(written.versions.map((row) => row.editedBy)));
}

const answer = { status: 200, schema: writtenSchema, description: "The article with its versions." } as const;

knowledge.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/articles",
    tag,
    summary: "List the articles with their latest versions",
    permission: "tickets:read",
    request: {},
    answer: { status: 200, schema: listSchema(writtenSchema, "WrittenArticleList"), description: "All of them." },
  }),
  async (c) => {
    const all = await listArticles();
    const names = await namesOf(all.flatMap(({ versions }) => versions.map((row) => row.editedBy)));
    return c.json({ object: "list" as const, data: all.map((one) => shape(one, names)), has_more: false }, 200);
  },
);

knowledge.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/articles",
    tag,
    summary: "Begin an article with a first draft",
    permission: "knowledge:write",
    request: jsonBody(z.strictObject({ slug, category: z.enum(articleCategories), ...draft })),
    answer: { ...answer, status: 201 },
  }),
  async (c) => c.json(await jsonOf(await createArticle(c.var.octx, c.req.valid("json"))), 201),
);

knowledge.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/articles/{id}",
    tag,
    summary: "Read an article with all its versions",
    permission: "tickets:read",
    request: { params: idParam() },
    answer,
  }),
  async (c) => c.json(await jsonOf(c.req.valid("param").id), 200),
);

knowledge.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/articles/{id}/drafts",
    tag,
    summary: "Save a draft of one language",
    description: "Goes on with the draft that is there, or begins one beside what is published.",
    permission: "knowledge:write",
    request: { params: idParam(), ...jsonBody(z.strictObject(draft)) },
    answer,
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    await saveDraft(c.var.octx, id, c.req.valid("json"));
    return c.json(await jsonOf(id), 200);
  },
);

const turns = [
  ["publish", "Show the latest version of a language to merchants", publishArticle],
  ["withdraw", "Show a language to merchants no more", withdrawArticle],
] as const;

for (const [name, summary, turn] of turns) {
  knowledge.openapi(
    operatorRoute({
      method: "post",
      path: `/v1/operator/articles/{id}/${name}`,
      tag,
      summary,
      permission: "knowledge:write",
      request: { params: idParam(), ...jsonBody(z.strictObject({ locale })) },
      answer,
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      await turn(c.var.octx, id, c.req.valid("json").locale);
      return c.json(await jsonOf(id), 200);
    },
  );
}
