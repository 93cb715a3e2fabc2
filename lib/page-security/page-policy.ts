/** The pages fall into kinds by what they must be able to load. */
export type PageKind = "checkout" | "checkout_preview" | "desk" | "site";

const deskPath = /^\/(?:dashboard|console)(?:\/|$)/;

export function pageKindOf(path: string): PageKind {
  if (path.startsWith("/pay/")) return "checkout";
  if (path.startsWith("/branding-preview")) return "checkout_preview";
  return deskPath.test(path) ? "desk" : "site";
}

/** Where browsers report what a policy kept from happening. */
export const reportPath = "/v1/page_reports";

interface Surroundings {
  readonly isDevelopment: boolean;
  /** Whether people reach us over https. */
  readonly isSecure: boolean;
}

/**
 * What a page may load: this origin alone, and of its scripts only those that carry the answer's nonce, with whatever
 * these load in turn. Card fields, of simulators and of real providers, stand in isolated pages that this origin serves
 * with policies of their own (lib/simulators/stripe/elements, app/(checkout)/pay/frames).
 */
export function contentPolicy(kind: PageKind, nonce: string, { isDevelopment }: Surroundings): string {
  return [
    "default-src 'none'",
    // React's development build compiles at run time.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    ...styleSources(kind, nonce, isDevelopment),
    kind === "checkout" ? "img-src 'self' data:" : "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    ...(kind === "checkout" ? [] : ["manifest-src 'self'"]),
    "object-src 'none'",
    "base-uri 'none'",
    // Browsers apply it to where a form's answer leads as well: a form that starts a payment may end at a provider.
    "form-action 'self' https:",
    `frame-ancestors ${mayBeFramed(kind) ? "'self'" : "'none'"}`,
    `report-uri ${reportPath}`,
    "report-to pages",
  ].join("; ");
}

function styleSources(kind: PageKind, nonce: string, isDevelopment: boolean): string[] {
  // The development server and antd (its style registry, its scroll lock, its icons) add style elements without a
  // nonce. Such a style can change what a page looks like; it can't send anything away, as nothing foreign is loaded.
  if (isDevelopment || kind === "desk" || kind === "checkout_preview") return ["style-src 'self' 'unsafe-inline'"];
  const elements = `style-src 'self' 'nonce-${nonce}'`;
  return kind === "checkout" ? [elements] : [elements, "style-src-attr 'unsafe-inline'"];
}

/** The dashboard shows the checkout's preview in a frame; no other page is made to stand in one. */
function mayBeFramed(kind: PageKind): boolean {
  return kind === "checkout_preview";
}

const yearS = 365 * 24 * 3_600;

const switchedOff = [
  "accelerometer",
  "browsing-topics",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "microphone",
  "midi",
  "serial",
  "usb",
];

/** Every header by which a page's answer tells the browser what it may do. */
export function pageHeaders(kind: PageKind, nonce: string, surroundings: Surroundings): Record<string, string> {
  return {
    "content-security-policy": contentPolicy(kind, nonce, surroundings),
    "reporting-endpoints": `pages="${reportPath}"`,
    "x-content-type-options": "nosniff",
    // Never more than the origin to others: a checkout's address is a key. WeChat's H5 page asks for that much.
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": switchedOff.map((feature) => `${feature}=()`).join(", "),
    "x-frame-options": mayBeFramed(kind) ? "SAMEORIGIN" : "DENY",
    "cross-origin-resource-policy": "same-origin",
    // A shop may open the checkout in a window of its own and wait for its end: it keeps its handle on that one.
    ...(kind !== "checkout" && { "cross-origin-opener-policy": "same-origin" }),
    ...(surroundings.isSecure && { "strict-transport-security": `max-age=${yearS}; includeSubDomains` }),
  };
}
