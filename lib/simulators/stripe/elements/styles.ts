/** The frame's own style sheet: it inherits nothing from the page around it. */
export const frameStyles = `
:root { --ink: #1a1f36; --soft: #697386; --line: #d5dbe1; --field: #fff; --brand: #3d5afe; --bad: #c0123c; color-scheme: light; }
[data-theme="dark"] { --ink: #f0f2f7; --soft: #a3adc2; --line: #454c60; --field: #1c2130; --brand: #8c9eff; --bad: #ff8fa3; color-scheme: dark; }
* { box-sizing: border-box; margin: 0; }
html, body { background: transparent; }
body { padding: 4px; font: 16px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "PingFang TC", "Hiragino Sans GB", "Noto Sans SC", "Noto Sans TC", "Microsoft YaHei", sans-serif; color: var(--ink); }
form { display: grid; grid-template-columns: 1fr 1fr; gap: 16px 12px; }
.wide { grid-column: 1 / -1; }
label { display: block; margin-bottom: 4px; font-size: 14px; color: var(--ink); }
.box { position: relative; }
input { width: 100%; height: 48px; padding: 0 12px; border: 1px solid var(--line); border-radius: 6px; background: var(--field); color: inherit; font: inherit; font-size: 16px; font-variant-numeric: tabular-nums; transition: border-color 120ms; }
input::placeholder { color: var(--soft); opacity: 1; }
input:focus { outline: 2px solid var(--brand); outline-offset: -1px; border-color: transparent; }
input[aria-invalid="true"] { border-color: var(--bad); }
input[aria-invalid="true"]:focus { outline-color: var(--bad); }
#number { padding-right: 112px; }
.brand { position: absolute; right: 12px; top: 0; line-height: 48px; font-size: 14px; color: var(--soft); pointer-events: none; }
.error { display: block; min-height: 0; margin-top: 4px; font-size: 14px; color: var(--bad); }
.error:empty { display: none; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.note { font-size: 14px; color: var(--soft); }
@media (max-width: 319px) { form { grid-template-columns: 1fr; } }
@media (prefers-reduced-motion: reduce) { input { transition: none; } }
`;
