"use client";

import { useState } from "react";
import styles from "./docs.module.css";
import { RichText } from "./rich-text.tsx";
import type { DocsTexts } from "./texts.ts";

export interface ErrorEntry {
  readonly code: string;
  readonly sentence: string;
  readonly statuses: readonly number[];
}

export interface ErrorGroup {
  readonly id: string;
  readonly title: string;
  readonly text: string | undefined;
  readonly entries: readonly ErrorEntry[];
}

/** Every code under its own address, so that an answer can point at it. */
export function ErrorList({ groups, texts }: { groups: readonly ErrorGroup[]; texts: DocsTexts["errors"] }) {
  const [wanted, setWanted] = useState("");
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const found = groups
    .map((group) => ({
      ...group,
      entries: group.entries.filter(({ code, sentence, statuses }) => {
        const text = `${code} ${sentence} ${statuses.join(" ")}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter((group) => group.entries.length > 0);
  return (
    <>
      <input
        type="search"
        className={styles.search}
        value={wanted}
        placeholder={texts.search}
        aria-label={texts.search}
        onChange={(event) => setWanted(event.target.value)}
      />
      <div role="status">{found.length === 0 && <p>{texts.noneFound}</p>}</div>
      {found.map((group) => (
        <section key={group.id} aria-labelledby={group.id}>
          <h2 id={group.id}>{group.title}</h2>
          {group.text && <p>{group.text}</p>}
          <dl className={styles.codes}>
            {group.entries.map(({ code, sentence, statuses }) => (
              <div key={code} id={code}>
                <dt>
                  <a href={`#${code}`}>
                    <code>{code}</code>
                  </a>
                  {statuses.map((status) => (
                    <span key={status} className={styles.status}>
                      {status}
                    </span>
                  ))}
                </dt>
                <dd>
                  <RichText text={sentence} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}
