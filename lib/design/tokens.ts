/**
 * The look of the product, once: antd's theme and the checkout's CSS variables are both made from this. Every pair of
 * text and ground meets WCAG 2.2 AA.
 */
export const fontFamily =
  'Inter, -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", "PingFang SC", "Hiragino Sans GB", "Noto Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

export const radius = 6;
/** Space comes in steps of this many pixels. */
export const step = 4;
export const motionMs = 160;

export interface Palette {
  readonly ink: string;
  readonly inkSoft: string;
  readonly inkFaint: string;
  readonly ground: string;
  readonly surface: string;
  readonly line: string;
  readonly brand: string;
  readonly onBrand: string;
  /** Under the pointer. */
  readonly brandHover: string;
  readonly brandSoft: string;
  readonly success: string;
  readonly successSoft: string;
  readonly waiting: string;
  readonly waitingSoft: string;
  readonly attention: string;
  readonly attentionSoft: string;
  readonly failure: string;
  readonly failureSoft: string;
  readonly shadow: string;
}

export const light: Palette = {
  ink: "#161B26",
  inkSoft: "#4B5565",
  inkFaint: "#5B6478",
  ground: "#F6F7F9",
  surface: "#FFFFFF",
  line: "#E3E6EB",
  brand: "#3D5AFE",
  onBrand: "#FFFFFF",
  brandHover: "#2F49DB",
  brandSoft: "#EEF1FF",
  success: "#0B7A4B",
  successSoft: "#E7F6EE",
  waiting: "#3453D1",
  waitingSoft: "#EDF1FF",
  attention: "#945A00",
  attentionSoft: "#FFF4E0",
  failure: "#C02B2B",
  failureSoft: "#FDECEC",
  shadow: "0 1px 2px rgb(16 24 40 / 6%), 0 8px 24px rgb(16 24 40 / 8%)",
};

export const dark: Palette = {
  ink: "#F0F2F5",
  inkSoft: "#B4BBC8",
  inkFaint: "#939CAD",
  ground: "#0E1117",
  surface: "#171B23",
  line: "#2A303C",
  brand: "#8094FF",
  onBrand: "#0B1030",
  brandHover: "#97A8FF",
  brandSoft: "#1D2444",
  success: "#4CC38A",
  successSoft: "#12291F",
  waiting: "#9DB0FF",
  waitingSoft: "#1A2140",
  attention: "#F0B35A",
  attentionSoft: "#2E2312",
  failure: "#FF8080",
  failureSoft: "#331719",
  shadow: "0 1px 2px rgb(0 0 0 / 40%), 0 8px 24px rgb(0 0 0 / 40%)",
};

function variables(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, value]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}:${value};`)
    .join("");
}

/** The tokens as CSS custom properties, dark ones where the reader's system asks for them. */
export const cssVariables = `:root{color-scheme:light dark;--font:${fontFamily};--radius:${radius}px;--motion:${motionMs}ms;${variables(light)}}@media (prefers-color-scheme:dark){:root{${variables(dark)}}}@media (prefers-reduced-motion:reduce){:root{--motion:0ms;}}`;
