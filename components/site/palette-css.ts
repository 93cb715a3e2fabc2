import { dark, fontFamily, light, motionMs, type Palette, radius } from "#lib/design/tokens";

function variables(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, value]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}:${value};`)
    .join("");
}

/**
 * The tokens as CSS custom properties for pages whose reader may choose light or dark: `data-scheme` on the root says
 * which, and without it the reader's system decides.
 */
export const paletteCss = [
  `:root{color-scheme:light dark;--font:${fontFamily};--radius:${radius}px;--motion:${motionMs}ms;${variables(light)}}`,
  `@media (prefers-color-scheme:dark){:root:not([data-scheme]){${variables(dark)}}}`,
  `:root[data-scheme=light]{color-scheme:light}`,
  `:root[data-scheme=dark]{color-scheme:dark;${variables(dark)}}`,
  "@media (prefers-reduced-motion:reduce){:root{--motion:0ms}*,::before,::after{animation:none!important;transition:none!important}}",
].join("");
