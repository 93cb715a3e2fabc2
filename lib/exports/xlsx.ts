import { exponentOf } from "#lib/kernel/currency";
import { money, toDecimalString } from "#lib/kernel/money";
import type { Cell } from "./cell.ts";
import type { FileFormat } from "./file-format.ts";
import type { Words } from "./words.ts";

/*
 * A worksheet of an Office Open XML workbook (ECMA-376), written as text as it goes: the libraries that we know of hold a
 * whole workbook in memory, which a million rows do not allow. Texts stand in their cells (`inlineStr`), which no program
 * takes for formulas; they are not shared, since a table of all of them would again have to be held.
 */

/** Positions in the list of cell formats of `styles`. */
const styles = { header: 1, moment: 2, integer: 3, decimals: 4 } as const;

const namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export const xlsx: FileFormat = {
  contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  /** Excel reads 1,048,576 rows of a sheet; one is the header. */
  rowsPerSheet: 1_048_575,
  head(columns, words) {
    const header = columns.map((column) => textCell(words.header(column), styles.header)).join("");
    const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
    return (
      `${declaration}<worksheet xmlns="${namespace}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>` +
      `<cols><col min="1" max="${columns.length}" width="22" customWidth="1"/></cols><sheetData><row>${header}</row>`
    );
  },
  rows(rows, words) {
    let sheet = "";
    for (const row of rows) {
      sheet += "<row>";
      for (const cell of row) sheet += xml(cell, words);
      sheet += "</row>";
    }
    return sheet;
  },
  foot: "</sheetData></worksheet>",
};

function xml(cell: Cell, words: Words): string {
  switch (cell?.kind) {
    case undefined:
      return "<c/>";
    case "text":
      return textCell(cell.text);
    case "word":
      return textCell(words.word(cell.path, cell.text));
    case "amount": {
      const style = styles.decimals + exponentOf(cell.currency);
      return `<c s="${style}"><v>${toDecimalString(money(cell.minor, cell.currency))}</v></c>`;
    }
    case "integer":
      return `<c s="${styles.integer}"><v>${cell.value}</v></c>`;
    case "moment":
      return `<c s="${styles.moment}"><v>${serialDay(words.wallClockMs(cell.at))}</v></c>`;
  }
}

/** Days since the last one of 1899, as spreadsheets count; to the second. */
function serialDay(wallClockMs: number): string {
  return (Math.floor(wallClockMs / 1000) / 86_400 + 25_569).toFixed(6);
}

function textCell(text: string, style?: number): string {
  const attributes = style === undefined ? "" : ` s="${style}"`;
  return `<c${attributes} t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

const special = /[&<>]/g;
const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
/** What XML 1.0 can't hold at all. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these very characters
const unspeakable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
/** The longest text that Excel reads in a cell. */
const mostCharacters = 32_767;

function escaped(text: string): string {
  return text
    .slice(0, mostCharacters)
    .toWellFormed()
    .replace(unspeakable, "\uFFFD")
    .replace(special, (sign) => entities[sign] ?? sign);
}

/** Everything of a workbook but its sheets, by path. */
export function workbookFiles(sheetNames: readonly string[]): Readonly<Record<string, string>> {
  const types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const packages = "http://schemas.openxmlformats.org/package/2006";
  const each = (write: (number: number, name: string) => string) =>
    sheetNames.map((name, index) => write(index + 1, escaped(name).replaceAll('"', "&quot;"))).join("");
  return {
    "[Content_Types].xml": `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/>${each((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${types}.worksheet+xml"/>`)}</Types>`,
    "_rels/.rels": `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${declaration}<workbook xmlns="${namespace}" xmlns:r="${office}"><sheets>${each((number, name) => `<sheet name="${name}" sheetId="${number}" r:id="rId${number}"/>`)}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${declaration}<Relationships xmlns="${packages}/relationships">${each((number) => `<Relationship Id="rId${number}" Type="${office}/worksheet" Target="worksheets/sheet${number}.xml"/>`)}<Relationship Id="rId${sheetNames.length + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": stylesFile(),
  };
}

/** The cell formats in the order of `styles`: plain, header, moment, integer, then amounts with 0 to 4 digits. */
function stylesFile(): string {
  const own = [
    ["164", "yyyy\\-mm\\-dd\\ hh:mm:ss"],
    ["165", "#,##0"],
    ...["#,##0", "#,##0.0", "#,##0.00", "#,##0.000", "#,##0.0000"].map((code, digits) => [`${166 + digits}`, code]),
  ];
  const format = (id: string | number, font = 0) =>
    `<xf numFmtId="${id}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"${font ? ' applyFont="1"' : ""}/>`;
  const formats = [format(0), format(0, 1), ...own.map(([id = 0]) => format(id))].join("");
  return (
    `${declaration}<styleSheet xmlns="${namespace}"><numFmts count="${own.length}">${own.map(([id, code]) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`).join("")}</numFmts>` +
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${own.length + 2}">${formats}</cellXfs></styleSheet>`
  );
}
