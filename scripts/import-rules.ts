/** One habit that a file breaks. */
export interface Breach {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
}

const maxLines = 400;

interface Direction {
  /** Files that the rule binds, as paths from the project's root. */
  readonly from: RegExp;
  readonly except?: RegExp;
  /** What they may not import: a path from the root for our own files, the package's name for others. */
  readonly forbidden: (target: string, file: string) => boolean;
  readonly rule: string;
}

const domainOf = (path: string) => /^lib\/([^/]+)\//.exec(path)?.[1];
const folderOf = (path: string) => /^(lib\/(?:channels|simulators)\/[^/]+)\//.exec(path)?.[1];
/** DESIGN §3: app → lib/api → lib/<domain> → db, lib/kernel. */
const directions: readonly Direction[] = [
  {
    from: /^lib\/kernel\//,
    forbidden: (target) =>
      /^(app|components|db)\//.test(target) || (target.startsWith("lib/") && domainOf(target) !== "kernel"),
    rule: "lib/kernel imports nothing of ours but lib/kernel",
  },
  {
    from: /^lib\/ledger\//,
    // Saying that something is a job names no domain.
    forbidden: (target) =>
      target.startsWith("lib/") && !/^lib\/(kernel|ledger)\//.test(target) && target !== "lib/jobs/job.ts",
    rule: "lib/ledger knows no other domain: callers hand it postings",
  },
  {
    from: /^lib\/channels\/[^/]+\//,
    forbidden: (target, file) =>
      target.startsWith("db/") ||
      target.startsWith("app/") ||
      (target.startsWith("lib/") && domainOf(target) !== "kernel" && !isContractOrOwn(target, file, "channels")),
    rule: "an adapter imports only the channel contract, lib/channels/http and lib/kernel",
  },
  {
    from: /^lib\/simulators\/[^/]+\//,
    forbidden: (target, file) =>
      (target.startsWith("db/") && !/^db\/(simulator-client|schema\/sim(-[^/]+)?)\.ts$/.test(target)) ||
      target.startsWith("app/") ||
      (target.startsWith("lib/") && domainOf(target) !== "kernel" && !isContractOrOwn(target, file, "simulators")),
    rule: "a simulator imports only its contract, lib/kernel and the simulators' tables",
  },
  {
    from: /^lib\/(?!api\/)/,
    forbidden: (target) => target.startsWith("lib/api/"),
    rule: "only app and server.ts import lib/api",
  },
  {
    from: /^(app|components|db|lib)\//,
    except: /^lib\/operator\//,
    forbidden: (target) => target === "db/operator-database.ts",
    rule: "only lib/operator connects as the operators' role",
  },
  {
    from: /^(lib|db)\//,
    forbidden: (target) => /^(app|components)\//.test(target),
    rule: "lib and db never import pages",
  },
  {
    from: /^db\//,
    forbidden: (target) => target.startsWith("lib/") && domainOf(target) !== "kernel",
    except: /^db\/seed\//,
    rule: "db imports nothing of lib but lib/kernel",
  },
  {
    from: /^(app|components)\//,
    forbidden: (target) => target.startsWith("db/") || target === "postgres" || target.startsWith("drizzle-orm"),
    rule: "pages hold no SQL: they go through lib",
  },
];

function isContractOrOwn(target: string, file: string, family: "channels" | "simulators"): boolean {
  if (folderOf(target) === folderOf(file)) return true;
  // Files right in lib/channels or lib/simulators are the contract and what its members share.
  return new RegExp(`^lib/${family}/[^/]+\\.ts$`).test(target) && !/\/(registry|all)\.ts$/.test(target);
}

const importPattern = /(?:from\s+|import\s*\(\s*|^\s*import\s+)"([^"]+)"/g;

/** A path from the project's root for our own modules, else the text as it stands. */
export function resolveImport(file: string, specifier: string): string {
  const alias = /^#(lib|db|components|scripts|messages)\/(.+)$/.exec(specifier);
  if (alias)
    return `${alias[1]}/${alias[2]}${alias[1] === "messages" ? "" : alias[1] === "components" ? ".tsx" : ".ts"}`;
  if (!specifier.startsWith(".")) return specifier;
  const parts = file.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

const testCode = /\.(test|spec)\.tsx?$|\/(test-[^/]+|testing)\.ts$|\/testing\/|^lib\/channels\/conformance\//;

/** Checks one source file. `file` is its path from the project's root, with forward slashes. */
export function checkSource(file: string, text: string): Breach[] {
  const breaches: Breach[] = [];
  const lines = text.split("\n");
  if (lines.length > maxLines) breaches.push({ file, line: maxLines, rule: `longer than ${maxLines} lines` });
  if (/^lib\/.*\/index\.tsx?$/.test(file))
    breaches.push({ file, line: 1, rule: "no barrels: import the file that says it" });
  if (/^lib\/.*\.tsx$/.test(file)) breaches.push({ file, line: 1, rule: "lib holds no JSX: Node can't run it" });

  lines.forEach((content, index) => {
    const line = index + 1;
    // Spelt in two halves, so that this file does not trip over itself.
    if (new RegExp(`\\b(TO${"DO"}|FIX${"ME"}|XX${"X"})\\b`).test(content)) {
      breaches.push({ file, line, rule: "unfinished work is written down in an issue, not in the code" });
    }
    if (testCode.test(file)) return; // A test may reach across layers to set its scene.
    for (const [, specifier = ""] of content.matchAll(importPattern)) {
      const target = resolveImport(file, specifier);
      for (const direction of directions) {
        if (!direction.from.test(file) || direction.except?.test(file)) continue;
        if (direction.forbidden(target, file)) breaches.push({ file, line, rule: `${direction.rule} (${specifier})` });
      }
    }
  });
  return breaches;
}

/** Every language has the same keys, or a page somewhere shows a key instead of a sentence. */
export function checkMessages(catalogues: Readonly<Record<string, unknown>>): Breach[] {
  const all = Object.entries(catalogues).map(([file, messages]) => ({ file, keys: new Set(keysOf(messages)) }));
  const wanted = new Set(all.flatMap(({ keys }) => [...keys]));
  return all.flatMap(({ file, keys }) =>
    [...wanted].filter((key) => !keys.has(key)).map((key) => ({ file, line: 1, rule: `lacks the message ${key}` })),
  );
}

function keysOf(messages: unknown, prefix = ""): string[] {
  if (typeof messages !== "object" || messages === null) return [prefix];
  return Object.entries(messages).flatMap(([key, value]) => keysOf(value, prefix ? `${prefix}.${key}` : key));
}
