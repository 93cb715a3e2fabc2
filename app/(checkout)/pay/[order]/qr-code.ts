import QRCode from "qrcode";
import type { CheckoutAttempt } from "#lib/checkout/checkout-view";

/** White modules around the code: without them many scanners find nothing (ISO/IEC 18004 asks for four). */
const quietZone = 4;
/** The room that the page has for it, and the least that a phone scans with ease. */
const boxPx = 256;
const leastPx = 200;

/** What the shopper's wallet scans, if this attempt is paid by a code. */
export function codeOf(attempt: CheckoutAttempt | null): string | undefined {
  const { type, content } = attempt?.action ?? {};
  return type === "qr" && typeof content === "string" ? content : undefined;
}

/** One path for the whole code, a stroke for each run of dark modules: a few kilobytes, sharp at any size. */
export function codeSvg(content: string): string {
  const { modules } = QRCode.create(content, { errorCorrectionLevel: "M" });
  let path = "";
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) {
      if (!modules.get(y, x)) continue;
      const start = x;
      while (x + 1 < modules.size && modules.get(y, x + 1)) x++;
      path += `M${start} ${y}h${x + 1 - start}v1H${start}z`;
    }
  }
  const side = modules.size + 2 * quietZone;
  // Modules of whole pixels, so that all are of one size.
  const even = side * Math.floor(boxPx / side);
  const px = even >= leastPx ? even : boxPx;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${px}" height="${px}" viewBox="${-quietZone} ${-quietZone} ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M${-quietZone} ${-quietZone}h${side}v${side}h${-side}z"/><path d="${path}"/></svg>`;
}

/** For the shopper's photo album, from which wallets read codes. */
export function codePng(content: string): Promise<Buffer> {
  return QRCode.toBuffer(content, { errorCorrectionLevel: "M", margin: quietZone, width: 720 });
}

export function codeDataUrl(content: string): string {
  return `data:image/svg+xml,${encodeURIComponent(codeSvg(content))}`;
}
