"use client";

import { type KeyboardEvent, useId, useRef, useState } from "react";
import { copyText } from "../site/copy-text.ts";
import styles from "./docs.module.css";
import { useTabValue } from "./tab-value.ts";

export interface CodeTab {
  readonly name: string;
  readonly code: string;
}

interface Props {
  readonly tabs: readonly CodeTab[];
  readonly label: string;
  readonly copy: string;
  readonly copied: string;
}

/** The same in several languages; the choice holds for every set of tabs that has that language. */
export function CodeTabs({ tabs, label, copy, copied }: Props) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [chosen, choose] = useTabValue("docs.language");
  const [copiedCode, setCopiedCode] = useState<string>();
  const index = Math.max(
    0,
    tabs.findIndex((tab) => tab.name === chosen),
  );
  const current = tabs[index];
  if (!current) return null;

  const move = (event: KeyboardEvent) => {
    const targets: Readonly<Record<string, number>> = {
      ArrowRight: (index + 1) % tabs.length,
      ArrowLeft: (index + tabs.length - 1) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    };
    const target = targets[event.key];
    const tab = target === undefined ? undefined : tabs[target];
    if (!tab || target === undefined) return;
    event.preventDefault();
    choose(tab.name);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[target]?.focus();
  };

  return (
    <figure className="code" aria-label={label}>
      <figcaption className={styles.tabbed}>
        <div role="tablist" aria-label={label} ref={list} onKeyDown={move}>
          {tabs.map((tab) => (
            <button
              key={tab.name}
              type="button"
              role="tab"
              id={`${id}-${tab.name}`}
              aria-selected={tab === current}
              aria-controls={`${id}-panel`}
              tabIndex={tab === current ? 0 : -1}
              onClick={() => choose(tab.name)}
            >
              {tab.name}
            </button>
          ))}
        </div>
        <button
          type="button"
          onClick={async () => {
            if (await copyText(current.code)) setCopiedCode(current.code);
          }}
        >
          {copiedCode === current.code ? copied : copy}
        </button>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard */}
      <pre role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${current.name}`} tabIndex={0}>
        <code>{current.code}</code>
      </pre>
    </figure>
  );
}
