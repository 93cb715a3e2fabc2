import { type AuthorisedScript, sha384 } from "./read-build.ts";
import type { ReceivedPage, ScriptElement } from "./read-page.ts";

/** One way in which a payment page is not what was authorised. The code has its sentence in the operators' console. */
export interface PageChange {
  readonly code:
    | "page_unreachable"
    | "script_added"
    | "script_altered"
    | "script_unreachable"
    | "inline_script_added"
    | "handler_added"
    | "integrity_wrong"
    | "header_missing"
    | "header_changed";
  /** Which script, header or directive. */
  readonly subject: string;
}

/** @param loaded what each script's address answered, by the source as the page names it; undefined for no answer */
export function findScriptChanges(
  page: ReceivedPage,
  authorised: readonly AuthorisedScript[],
  loaded: ReadonlyMap<string, Uint8Array | undefined>,
): PageChange[] {
  const changes = page.scripts.flatMap((script) =>
    script.source === undefined
      ? inlineChanges(script, authorised)
      : sourceChanges(script, script.source, authorised, loaded),
  );
  return [...changes, ...page.handlers.map((subject): PageChange => ({ code: "handler_added", subject }))];
}

function sourceChanges(
  script: ScriptElement,
  source: string,
  authorised: readonly AuthorisedScript[],
  loaded: ReadonlyMap<string, Uint8Array | undefined>,
): PageChange[] {
  const known = authorised.find((one) => one.source === pathOf(source));
  if (!known) return [{ code: "script_added", subject: source }];
  if (known.sha384 === null) return [];
  const bytes = loaded.get(source);
  if (!bytes) return [{ code: "script_unreachable", subject: source }];
  if (sha384(bytes) !== known.sha384) return [{ code: "script_altered", subject: source }];
  // Next gives the attribute to its own scripts only.
  const isRight = script.integrity === undefined || script.integrity === `sha384-${known.sha384}`;
  return isRight ? [] : [{ code: "integrity_wrong", subject: source }];
}

/** Next adds `?dpl=…` for its own purposes; the file is the same. */
function pathOf(source: string): string {
  return source.startsWith("/_next/") ? (source.split("?", 1)[0] ?? source) : source;
}

/** The page's own data, which Next and React carry in scripts: JSON that is pushed, and React's one time stamp. */
const pushed = [
  /^(?:\(self\.__next_f=self\.__next_f\|\|\[\]\)|self\.__next_f)\.push\((\[.*\])\)$/s,
  /^\(globalThis\["TURBOPACK"\] \|\| \(globalThis\["TURBOPACK"\] = \[\]\)\)\.push\((\{.*\})\);?$/s,
];
const timeStamp = "requestAnimationFrame(function(){$RT=performance.now()});";

function inlineChanges(script: ScriptElement, authorised: readonly AuthorisedScript[]): PageChange[] {
  const text = script.text.trim();
  if (script.isData || text === "" || text === timeStamp) return [];
  const data = pushed.map((form) => form.exec(text)?.[1]).find((found) => found !== undefined);
  if (data === undefined || !isJson(data))
    return [{ code: "inline_script_added", subject: text.slice(0, 80).toWellFormed() }];
  // The data names the files that are loaded next.
  const files = [...new Set(data.match(/static\/chunks\/[^"\\?]+\.js/g) ?? [])].map((file) => `/_next/${file}`);
  return files
    .filter((file) => !authorised.some(({ source }) => source === file))
    .map((subject) => ({ code: "script_added", subject }));
}

/** What is JSON calls nothing. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const anyNonce = (value: string) => value.replaceAll(/'nonce-[^']*'/g, "'nonce-'");

/** @param expected the headers that this build gives, by lower-case name */
export function findHeaderChanges(received: Headers, expected: Readonly<Record<string, string>>): PageChange[] {
  return Object.entries(expected).flatMap(([name, value]): PageChange[] => {
    const got = received.get(name);
    if (got === null) return [{ code: "header_missing", subject: name }];
    // A proxy before us may have set a stricter time.
    const isSame = name === "strict-transport-security" || anyNonce(got) === anyNonce(value);
    return isSame ? [] : [{ code: "header_changed", subject: name }];
  });
}

/** Whether every script that would run carries the nonce of the answer's own policy. */
export function findNonceChanges(page: ReceivedPage): PageChange[] {
  const nonce = /'nonce-([^']+)'/.exec(page.headers.get("content-security-policy") ?? "")?.[1];
  return page.scripts
    .filter((script) => !script.isData && script.nonce !== undefined && script.nonce !== nonce)
    .map((script) => ({
      code: "inline_script_added",
      subject: script.source ?? script.text.trim().slice(0, 80).toWellFormed(),
    }));
}
