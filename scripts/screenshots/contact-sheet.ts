import { allLooks, type Look, looks, type Shot } from "./camera.ts";

/** One page with every picture, a row a page and a column a look; what needs attention stands first. */
export function contactSheet(shots: readonly Shot[]): string {
  const rows = Map.groupBy(shots, ({ name }) => name);
  const remarks = shots.filter((shot) => shot.remarks.length > 0);
  const columns = allLooks();
  return `<!doctype html>
<meta charset="utf-8">
<title>GlobalPayLink: every page</title>
<style>
  body { font: 14px system-ui; margin: 24px; background: #f4f5f7; color: #1b1f27; }
  table { border-collapse: collapse; }
  th { text-align: left; vertical-align: top; padding: 8px; position: sticky; top: 0; background: #f4f5f7; }
  td { vertical-align: top; padding: 8px; }
  img { display: block; border: 1px solid #c9ced6; max-height: 480px; object-fit: cover; object-position: top; }
  img.desktop { width: 320px; } img.phone { width: 130px; }
</style>
<h1>${shots.length} pictures</h1>
<ul>${remarks.map((shot) => `<li><a href="${shot.file}">${shot.file}</a>: ${inHtml(shot.remarks.join("; "))}</li>`).join("\n")}</ul>
<table>
<tr><th></th>${columns.map((look) => `<th>${titleOf(look)}</th>`).join("")}</tr>
${[...rows].map(([name, own]) => `<tr><th>${name}</th>${columns.map((look) => cell(own, look)).join("")}</tr>`).join("\n")}
</table>
`;
}

function titleOf({ width, language, scheme }: Look): string {
  return `${looks.widths[width].width} ${language} ${scheme}`;
}

function cell(shots: readonly Shot[], look: Look): string {
  const shot = shots.find(
    ({ width, language, scheme }) => width === look.width && language === look.language && scheme === look.scheme,
  );
  if (!shot) return "<td></td>";
  return `<td><a href="${shot.file}"><img loading="lazy" class="${shot.width}" src="${shot.file}" alt="${shot.file}"></a></td>`;
}

function inHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
