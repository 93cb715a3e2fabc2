import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { projectFile } from "#lib/kernel/project-root";

/** Pages on which somebody pays, by the name that a check stores. */
export type PaymentPage = "checkout" | "card_frame";

export interface AuthorisedScript {
  readonly page: PaymentPage;
  /** The path under our origin, or a provider's address. */
  readonly source: string;
  readonly owner: "framework" | "product" | "provider";
  readonly reason: string;
  /** Base64, as in an `integrity` attribute; null for what a provider keeps current itself. */
  readonly sha384: string | null;
}

export interface Build {
  readonly id: string;
  readonly scripts: readonly AuthorisedScript[];
}

const pageFolder = join("server", "app", "(checkout)", "pay", "[order]");

/** Stripe asks that its script is loaded from its own address, where it changes as Stripe sees fit: no hash can hold. */
const stripeScript: AuthorisedScript = {
  page: "card_frame",
  source: "https://js.stripe.com/v3/",
  owner: "provider",
  reason: "Stripe's card fields, in a page of their own apart from the checkout",
  sha384: null,
};

/**
 * What the build on this machine makes the checkout load, each script with its hash and why it is there.
 *
 * @returns nothing where no build lies: in development, and on a machine that runs jobs alone
 */
export async function readBuild(folder = projectFile(".next")): Promise<Build | undefined> {
  const id = await readFile(join(folder, "BUILD_ID"), "utf8").catch(() => undefined);
  if (!id) return undefined;
  const manifest = JSON.parse(await readFile(join(folder, pageFolder, "page", "build-manifest.json"), "utf8")) as {
    readonly rootMainFiles: readonly string[];
    readonly polyfillFiles: readonly string[];
  };
  const uses = usesOf(await readFile(join(folder, pageFolder, "page_client-reference-manifest.js"), "utf8"));
  const files = new Map<string, Pick<AuthorisedScript, "owner" | "reason">>();
  for (const [module, scripts] of uses) {
    const ours = /^\[project\]\/(?:app|components|lib)\/([^ ]+)/.exec(module);
    for (const file of scripts) {
      if (files.get(file)?.owner === "product") continue;
      files.set(file, {
        owner: ours ? "product" : "framework",
        reason: ours ? `the checkout's own code: ${ours[1]}` : "Next.js: routing and error handling",
      });
    }
  }
  for (const file of manifest.rootMainFiles) {
    files.set(file, { owner: "framework", reason: "React and Next.js: brings the page to life" });
  }
  for (const file of manifest.polyfillFiles) {
    files.set(file, { owner: "framework", reason: "Next.js: what old browsers lack" });
  }
  const scripts = [...files].map(async ([file, what]) => ({
    page: "checkout" as const,
    source: `/_next/${file}`,
    ...what,
    sha384: sha384(await readFile(join(folder, file))),
  }));
  return { id: id.trim(), scripts: [...(await Promise.all(scripts)), stripeScript] };
}

/** Which parts of the page use which files, from a manifest that is a script: what it assigns is JSON. */
function usesOf(manifest: string): [module: string, files: readonly string[]][] {
  const json = /\]\s*=\s*(\{.*\})\s*;?\s*$/s.exec(manifest)?.[1];
  if (!json) throw new Error("the build's manifest of the checkout does not have the form that we know");
  const { entryJSFiles = {}, clientModules = {} } = JSON.parse(json) as {
    readonly entryJSFiles?: Readonly<Record<string, readonly string[]>>;
    readonly clientModules?: Readonly<Record<string, { readonly chunks: readonly string[] }>>;
  };
  const modules = Object.entries(clientModules).map(([module, { chunks }]): [string, string[]] => [
    module,
    chunks.filter((chunk) => chunk.endsWith(".js")).map((chunk) => chunk.replace(/^\/_next\//, "")),
  ]);
  return [...Object.entries(entryJSFiles), ...modules];
}

export function sha384(bytes: Uint8Array | string): string {
  return createHash("sha384").update(bytes).digest("base64");
}
