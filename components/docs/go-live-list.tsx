"use client";

import Link from "next/link";
import { useSyncExternalStore } from "react";
import styles from "./go-live.module.css";
import { RichText } from "./rich-text.tsx";
import { type DocsTexts, fill } from "./texts.ts";
import { forgetTicks, readTicks, subscribeTicks, writeTick } from "./ticks.ts";

export interface ListGroup {
  readonly title: string;
  readonly items: readonly { readonly id: string; readonly text: string; readonly href: string }[];
}

/** A check list whose ticks stay in the reader's browser. */
export function GoLiveList({ groups, texts }: { groups: readonly ListGroup[]; texts: DocsTexts["goLive"] }) {
  const kept = useSyncExternalStore(subscribeTicks, readTicks, () => "");
  const ticked = new Set(kept.split(" "));
  const all = groups.flatMap((group) => group.items);
  const done = all.filter(({ id }) => ticked.has(id)).length;
  const progress = fill(texts.progress, { done: String(done), all: String(all.length) });
  return (
    <>
      <div className={styles.progress}>
        <progress max={all.length} value={done} aria-label={progress} />
        <span role="status">{progress}</span>
        {done > 0 && (
          <button type="button" onClick={forgetTicks}>
            {texts.reset}
          </button>
        )}
      </div>
      {groups.map((group) => (
        <section key={group.title}>
          <h2>{group.title}</h2>
          <ul className={styles.items}>
            {group.items.map(({ id, text, href }) => (
              <li key={id} data-done={ticked.has(id)}>
                <input
                  type="checkbox"
                  id={`check-${id}`}
                  checked={ticked.has(id)}
                  onChange={(event) => writeTick(id, event.target.checked)}
                />
                <label htmlFor={`check-${id}`}>
                  <RichText text={text} />
                </label>
                <Link href={href} prefetch={false} aria-label={`${texts.open}: ${text.replaceAll("`", "")}`}>
                  {texts.open}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
