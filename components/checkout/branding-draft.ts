/** What the dashboard tells the preview's page, window to window. */
export interface BrandingDraft {
  readonly name: string;
  readonly logo: string | null;
  readonly color: string | null;
  readonly supportEmail: string | null;
  readonly supportPhone: string | null;
  readonly languages: readonly string[];
  /** The language that the preview is looked at in. */
  readonly locale: string;
  readonly subject: string;
  readonly isPhone: boolean;
}

export const previewPath = "/branding-preview";
export const readyMessage = "branding-preview:ready";

export interface DraftMessage {
  readonly kind: "branding-preview:draft";
  readonly draft: BrandingDraft;
}

export function isDraftMessage(data: unknown): data is DraftMessage {
  return typeof data === "object" && data !== null && "kind" in data && data.kind === "branding-preview:draft";
}
