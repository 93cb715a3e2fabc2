import type { ListAction, ListKind } from "#db/schema/lists";
import { type EntryDraft, expiryOf } from "./draft.ts";
import { BadListValue } from "./errors.ts";
import { type ListScope, matchOf } from "./match.ts";
import { listSecret } from "./secret.ts";
import { readValue } from "./values.ts";

export interface ImportInput {
  readonly action: ListAction;
  readonly kind: ListKind;
  readonly reason: string;
  readonly expires_at?: string | undefined;
  /** One value a line; of a table, the first column. */
  readonly text: string;
  readonly dry_run: boolean;
}

export const mostImported = 5_000;
const mostBadLines = 50;

export interface ImportDraft {
  readonly entries: readonly EntryDraft[];
  /** Lines that say what an earlier one says. */
  readonly repeated: number;
  readonly badLines: readonly { readonly line: number; readonly text: string }[];
  readonly badCount: number;
}

/** What came of it, or would come of it. */
export interface Imported {
  readonly added: number;
  /** Stand on the list already, and stay as they are. */
  readonly present: number;
  readonly draft: ImportDraft;
}

/** Reads what was pasted or uploaded. A line that can't be read is named and left out; a header line is passed over. */
export async function draftImport(scope: ListScope, input: ImportInput, now: Date): Promise<ImportDraft> {
  const secret = await listSecret();
  const expiresAt = expiryOf(input.expires_at, now);
  const entries = new Map<string, EntryDraft>();
  const badLines: { line: number; text: string }[] = [];
  let repeated = 0;
  let badCount = 0;
  for (const [index, line] of input.text.split(/\r\n|\r|\n/).entries()) {
    const text = firstColumn(line);
    if (!text || (index === 0 && isHeading(text))) continue;
    try {
      const { normal, hint } = readValue(input.kind, text);
      const match = matchOf(secret, scope, input.kind, normal);
      if (entries.has(match)) repeated += 1;
      else entries.set(match, { action: input.action, kind: input.kind, match, hint, reason: input.reason, expiresAt });
    } catch (error) {
      if (!(error instanceof BadListValue)) throw error;
      badCount += 1;
      if (badLines.length < mostBadLines) badLines.push({ line: index + 1, text: text.slice(0, 80).toWellFormed() });
    }
  }
  return { entries: [...entries.values()].slice(0, mostImported + 1), repeated, badLines, badCount };
}

function firstColumn(line: string): string {
  const cell = line.replace(/^\uFEFF/, "").split(/[,;\t]/, 1)[0] ?? "";
  return cell
    .trim()
    .replace(/^"(.*)"$/, "$1")
    .trim();
}

function isHeading(text: string): boolean {
  return /^(?:value|e-?mail|ip|address|card|fingerprint|device|customer|customer_id|user)$/i.test(text);
}
