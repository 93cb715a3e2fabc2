import QRCode from "qrcode";
import { describe, expect, it } from "vitest";
import { codeOf, codePng, codeSvg } from "./qr-code.ts";

const content = "weixin://wxpay/bizpayurl?pr=aB3dE6gH9";

/** Paints the picture's path again, a module at a time. */
function paint(svg: string): string[] {
  const path = /<path d="([^"]+)"/.exec(svg)?.[1] ?? "";
  const dark = new Set<string>();
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)) {
    for (let i = 0; i < Number(width); i++) dark.add(`${Number(x) + i} ${y}`);
  }
  return [...dark].sort();
}

describe("the picture of a code", () => {
  it("has exactly the dark modules of the code, and four white ones around", () => {
    const { modules } = QRCode.create(content, { errorCorrectionLevel: "M" });
    const wanted: string[] = [];
    for (let y = 0; y < modules.size; y++) {
      for (let x = 0; x < modules.size; x++) if (modules.get(y, x)) wanted.push(`${x} ${y}`);
    }
    const svg = codeSvg(content);
    expect(paint(svg)).toEqual(wanted.sort());
    expect(svg).toContain(`viewBox="-4 -4 ${modules.size + 8} ${modules.size + 8}"`);
  });

  it.each([content, "https://qr.alipay.com/bax0384", "x".repeat(300)])("is 200 pixels wide at least: %s", (text) => {
    const px = Number(/width="(\d+)"/.exec(codeSvg(text))?.[1]);
    expect(px).toBeGreaterThanOrEqual(200);
    expect(px).toBeLessThanOrEqual(256);
  });

  it("can be kept as a PNG", async () => {
    expect((await codePng(content)).subarray(1, 4).toString()).toBe("PNG");
  });

  it("exists only for an attempt that is paid by a code", () => {
    const attempt = { id: "a", method: "alipay", flow: "qr", status: "requires_action", decline_reason: null } as const;
    expect(codeOf({ ...attempt, action: { type: "qr", content } })).toBe(content);
    expect(codeOf({ ...attempt, action: { type: "redirect", url: content } })).toBeUndefined();
    expect(codeOf({ ...attempt, action: null })).toBeUndefined();
    expect(codeOf(null)).toBeUndefined();
  });
});
