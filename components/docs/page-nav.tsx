"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import styles from "./reference.module.css";
import type { PageGroup } from "./site-map.ts";

/** The pages by purpose; folded on a phone until it is asked for. */
export function PageNav({ groups, label }: { groups: readonly PageGroup[]; label: string }) {
  const pathname = usePathname();
  const [isOpen, setOpen] = useState(false);
  return (
    <nav className={styles.nav} aria-label={label}>
      <button
        type="button"
        className={styles.navToggle}
        aria-expanded={isOpen}
        aria-controls="pages"
        onClick={() => setOpen(!isOpen)}
      >
        {label}
      </button>
      <div id="pages" className={styles.navBody} data-open={isOpen}>
        {groups.map(({ title, pages }) => (
          <div key={title}>
            <p className={styles.tag}>{title}</p>
            <ul>
              {pages.map((page) => (
                <li key={page.href}>
                  <Link
                    href={page.href}
                    prefetch={false}
                    aria-current={pathname === page.href ? "page" : undefined}
                    onClick={() => setOpen(false)}
                  >
                    {page.title}
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
