/** What the provider's card page says to the page around it. */
export type FrameMessage =
  | { readonly type: "ready" }
  | { readonly type: "height"; readonly height: number }
  | { readonly type: "change"; readonly complete: boolean }
  | { readonly type: "submit" }
  | { readonly type: "token"; readonly token: string }
  | { readonly type: "error"; readonly message: string };

const maxHeight = 1200;
const maxTokenLength = 512;

/** Reads a message from the frame; whatever it does not know, or what is out of bounds, is undefined. */
export function readFrameMessage(data: unknown): FrameMessage | undefined {
  if (typeof data !== "object" || data === null || !("type" in data)) return undefined;
  const message = data as Record<string, unknown>;
  switch (message.type) {
    case "ready":
    case "submit":
      return { type: message.type };
    case "change":
      return { type: "change", complete: message.complete === true };
    case "height": {
      const height = Number(message.height);
      return height > 0 && height <= maxHeight ? { type: "height", height: Math.ceil(height) } : undefined;
    }
    case "token": {
      const { token } = message;
      const isToken = typeof token === "string" && token !== "" && token.length <= maxTokenLength;
      return isToken ? { type: "token", token } : undefined;
    }
    case "error":
      return { type: "error", message: String(message.message ?? "") };
    default:
      return undefined;
  }
}

/** The frame's address with what it needs to fit in: whom it talks to, its language and its colours. */
export function frameAddress(
  frameUrl: string,
  page: { readonly origin: string; readonly locale: string; readonly theme: "light" | "dark" },
): string {
  const url = new URL(frameUrl, page.origin);
  url.searchParams.set("origin", page.origin);
  url.searchParams.set("locale", page.locale);
  url.searchParams.set("theme", page.theme);
  return url.href;
}
