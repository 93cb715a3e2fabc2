import { askView } from "../../ask-api.ts";
import { codeOf } from "./qr-code.ts";

/** Answers with a picture of the code of the attempt that the address names, as long as it is the one to be paid. */
export function codeRoute(contentType: string, draw: (content: string) => string | Promise<Buffer>) {
  return async (request: Request, { params }: { params: Promise<{ order: string }> }): Promise<Response> => {
    const { order } = await params;
    const view = await askView(order, request.headers);
    const wanted = new URL(request.url).searchParams.get("attempt");
    const content = view?.attempt?.id === wanted ? codeOf(view?.attempt ?? null) : undefined;
    if (content === undefined) return new Response(null, { status: 404 });
    const picture = await draw(content);
    return new Response(typeof picture === "string" ? picture : new Uint8Array(picture), {
      // An attempt's code never changes.
      headers: { "content-type": contentType, "cache-control": "private, max-age=600" },
    });
  };
}
