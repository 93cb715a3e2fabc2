import { createRoute, z } from "@hono/zod-openapi";
import type { Context as HonoContext } from "hono";
import { createMiddleware } from "hono/factory";
import type { Permission } from "#lib/access/permissions";
import { FileTooLarge } from "#lib/sealed-files/errors";
import { maxFileBytes } from "#lib/sealed-files/keep-file";
import type { FileFacts } from "#lib/sealed-files/load-file";
import type { ApiEnv } from "./env.ts";
import { authenticate, authorize } from "./middleware/authenticate.ts";
import { logRequest } from "./middleware/log-request.ts";
import { limitByCaller } from "./middleware/rate-limit.ts";
import { problemsOf } from "./route.ts";

export const fileSchema = z
  .object({
    id: z.string(),
    object: z.literal("file"),
    name: z.string(),
    content_type: z.string(),
    size: z.number().int().openapi({ description: "Bytes." }),
    created_at: z.string(),
  })
  .openapi("File", {
    example: {
      id: "fil_7k2m9xqa01kajv5d2f6g8h1jkmnp",
      object: "file",
      name: "receipt.pdf",
      content_type: "application/pdf",
      size: 48_213,
      created_at: "2026-03-01T07:00:00.000Z",
    },
  });

export function fileJson(file: FileFacts) {
  return {
    id: file.id,
    object: "file" as const,
    name: file.name,
    content_type: file.contentType,
    size: file.size,
    created_at: file.createdAt.toISOString(),
  };
}

/**
 * Refuses a file by its named length before a byte of it is read. The length also holds, the HTTP parser sees to it; a
 * body without one is refused, since it could be of any.
 */
export const boundFile = createMiddleware<ApiEnv>(async (c, next) => {
  const length = Number(c.req.header("content-length") ?? Number.NaN);
  if (!(length <= maxFileBytes)) throw new FileTooLarge(maxFileBytes);
  await next();
});

export async function bytesOf(c: HonoContext<ApiEnv>): Promise<Buffer> {
  return Buffer.from(await c.req.arrayBuffer());
}

export const fileUpload = {
  query: z.strictObject({
    name: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .openapi({ description: "What the file is called.", example: "receipt.pdf" }),
  }),
  body: {
    required: true as const,
    description: "The bytes of a PNG, JPEG, PDF, TXT or CSV of at most 5 MB.",
    content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } },
  },
};

/** Any type of content is taken, so that there is no wrong one. */
export const fileAnswers = (path: string) =>
  ({
    201: {
      description: "The file, sealed and given to nothing yet.",
      content: { "application/json": { schema: fileSchema } },
    },
    ...problemsOf({ method: "post", path, request: {}, problems: [413] }),
  }) as { 201: { description: string; content: { "application/json": { schema: typeof fileSchema } } } };

/**
 * A route that takes a file as the raw body of the request. It stands in `uploads` of app.ts: before the rule that every
 * body is JSON.
 */
export function uploadRoute<P extends string>(input: {
  readonly path: P;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly permission: Permission;
}) {
  const { path, tag, summary, description, permission } = input;
  return createRoute({
    method: "post",
    path,
    tags: [tag],
    summary,
    ...(description && { description }),
    security: [{ bearer: [] }],
    "x-permission": permission,
    request: fileUpload,
    middleware: [boundFile, logRequest, authenticate, limitByCaller, authorize(permission)],
    responses: fileAnswers(path),
  });
}

/** A file for whoever may have it: saved, never shown in our own pages' name. */
export function sendFile(c: HonoContext<ApiEnv>, file: FileFacts & { readonly bytes: Buffer }) {
  return c.body(new Uint8Array(file.bytes), 200, {
    "content-type": file.contentType,
    // The first for whoever knows ASCII names only.
    "content-disposition": `attachment; filename="${file.name.replaceAll(/[^\x20-\x7e]/g, "_")}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-store",
  });
}
