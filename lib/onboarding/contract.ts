import { readFileSync } from "node:fs";
import { sha256Hex } from "#lib/kernel/crypto";
import { processWide } from "#lib/kernel/globals";
import { projectFile } from "#lib/kernel/project-root";

/** A new text is a new pair of files; the old ones stay, since people have signed them. */
export const contractVersions = ["v1"] as const;

export interface Contract {
  readonly version: string;
  /** Markdown. */
  readonly texts: { readonly en: string; readonly zh: string };
  /** Over both texts, the English one first, with a line break between them. */
  readonly sha256: string;
}

/** The text that is signed now. */
export function currentContract(): Contract {
  return processWide("contract", () => readContract(contractVersions[contractVersions.length - 1] ?? "v1"));
}

function readContract(version: string): Contract {
  const read = (language: string) =>
    readFileSync(projectFile("lib", "onboarding", "contracts", `${version}.${language}.md`), "utf8");
  const texts = { en: read("en"), zh: read("zh") };
  return { version, texts, sha256: sha256Hex(`${texts.en}\n${texts.zh}`) };
}
