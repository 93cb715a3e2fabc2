"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { MethodBadge } from "./method-badge.tsx";
import type { OperationGroup } from "./operations.ts";
import styles from "./reference.module.css";
import type { DocsTexts } from "./texts.ts";

/** All operations by tag, with search; folded on a phone until it is asked for. */
export function OperationNav({ groups, texts }: { groups: readonly OperationGroup[]; texts: DocsTexts["api"] }) {
  const pathname = usePathname();
  const [wanted, setWanted] = useState("");
  const [isOpen, setOpen] = useState(false);
  const nav = useRef<HTMLElement>(null);
  // The list scrolls by itself: where the reader is must be seen, and the page must not move for it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page is what makes another entry the current one
  useEffect(() => {
    const frame = nav.current;
    const current = frame?.querySelector<HTMLElement>("[aria-current]");
    if (!frame || !current) return;
    const below = current.getBoundingClientRect().bottom - frame.getBoundingClientRect().bottom;
    if (below > 0) frame.scrollTop += below + frame.clientHeight / 2;
  }, [pathname]);

  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const found = groups
    .map(({ tag, operations }) => ({
      tag,
      operations: operations.filter(({ method, path, summary }) => {
        const text = `${tag} ${method} ${path} ${summary}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter((group) => group.operations.length > 0);

  return (
    <nav ref={nav} className={styles.nav} aria-label={texts.allOperations}>
      <button
        type="button"
        className={styles.navToggle}
        aria-expanded={isOpen}
        aria-controls="operations"
        onClick={() => setOpen(!isOpen)}
      >
        {texts.allOperations}
      </button>
      <div id="operations" className={styles.navBody} data-open={isOpen}>
        <input
          type="search"
          value={wanted}
          placeholder={texts.search}
          aria-label={texts.search}
          onChange={(event) => setWanted(event.target.value)}
        />
        <div role="status">{found.length === 0 && <p className={styles.note}>{texts.noneFound}</p>}</div>
        {found.map(({ tag, operations }) => (
          <div key={tag}>
            <p className={styles.tag}>{tag}</p>
            <ul>
              {operations.map(({ slug, method, summary }) => (
                <li key={slug}>
                  <Link
                    href={`/docs/api/${slug}`}
                    prefetch={false}
                    aria-current={pathname === `/docs/api/${slug}` ? "page" : undefined}
                    onClick={() => setOpen(false)}
                  >
                    <span>{summary}</span>
                    <MethodBadge method={method} isShort />
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </nav>
  );
}
