/** WCAG 2.2, "relative luminance": of `#rrggbb`, 0 for black to 1 for white. */
function luminance(colour: string): number {
  const channel = (from: number) => {
    const share = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** WCAG 2.2 contrast ratio, 1 to 21. AA asks for 4.5 of text. */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

export const readableContrast = 4.5;

/** White or black, for text on a ground of any colour: one of the two always reaches AA, and white is preferred. */
export function textOn(ground: string): "#FFFFFF" | "#000000" {
  return contrast("#FFFFFF", ground) >= readableContrast ? "#FFFFFF" : "#000000";
}
