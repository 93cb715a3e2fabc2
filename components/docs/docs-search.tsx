"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import styles from "./search.module.css";
import { findEntries, type SearchEntry } from "./search.ts";
import { type DocsTexts, fill } from "./texts.ts";

type Index = { readonly state: "none" | "loading" | "failed" } | { readonly state: "loaded"; entries: SearchEntry[] };

/** Finds pages, operations, errors and events as the reader types; `/` leads to it from anywhere on the page. */
export function DocsSearch({ texts }: { texts: DocsTexts["search"] }) {
  const router = useRouter();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [index, setIndex] = useState<Index>({ state: "none" });
  const [wanted, setWanted] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  useSlashKey(input);

  const load = async () => {
    if (index.state === "loading" || index.state === "loaded") return;
    setIndex({ state: "loading" });
    try {
      const answer = await fetch("/docs/search");
      if (!answer.ok) throw new Error(`the index answered ${answer.status}`);
      setIndex({ state: "loaded", entries: (await answer.json()) as SearchEntry[] });
    } catch {
      setIndex({ state: "failed" });
    }
  };

  const found = index.state === "loaded" ? findEntries(index.entries, wanted) : [];
  const isShown = isOpen && wanted.trim() !== "" && (index.state === "loaded" || index.state === "failed");

  const go = (entry: SearchEntry | undefined) => {
    if (!entry) return;
    setOpen(false);
    setWanted("");
    input.current?.blur();
    router.push(entry.href);
  };

  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return; // Enter and arrows belong to the input method for now.
    if (event.key === "Escape") {
      setOpen(false);
      setWanted("");
    } else if (event.key === "Enter") go(found[active]);
    else if (event.key === "ArrowDown") setActive(Math.min(active + 1, found.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(active - 1, 0));
    else return;
    event.preventDefault();
  };

  return (
    <search className={styles.search}>
      <input
        ref={input}
        type="search"
        role="combobox"
        value={wanted}
        placeholder={texts.label}
        aria-label={texts.label}
        aria-expanded={isShown && found.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={isShown && found[active] ? `${id}-${active}` : undefined}
        aria-keyshortcuts="/"
        autoComplete="off"
        spellCheck={false}
        onFocus={() => {
          setOpen(true);
          void load();
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={press}
        onChange={(event) => {
          setWanted(event.target.value);
          setActive(0);
          setOpen(true);
        }}
      />
      <span className={styles.key} aria-hidden="true">
        /
      </span>
      <p role="status" className={styles.status}>
        {isShown && index.state === "loaded" && found.length > 0 && fill(texts.found, { count: String(found.length) })}
      </p>
      <div className={styles.panel} hidden={!isShown}>
        {isShown && found.length === 0 && (
          <p role="status">{index.state === "failed" ? texts.unreachable : texts.none}</p>
        )}
        <div id={`${id}-list`} role="listbox" aria-label={texts.label} hidden={found.length === 0}>
          {found.map((entry, position) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keyboard, as in every combobox
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active one
            <div
              key={`${entry.href}${entry.title}`}
              id={`${id}-${position}`}
              role="option"
              aria-selected={position === active}
              onMouseDown={(event) => event.preventDefault()}
              onMouseEnter={() => setActive(position)}
              onClick={() => go(entry)}
            >
              <span>
                <strong>{entry.title}</strong>
                <small>{texts[entry.kind]}</small>
              </span>
              <span className={styles.text}>{entry.text}</span>
            </div>
          ))}
        </div>
      </div>
    </search>
  );
}

function useSlashKey(input: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest("input, textarea, select");
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [input]);
}
