"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import styles from "./docs.module.css";
import type { DocsTexts } from "./texts.ts";

/** The two halves of the documentation. */
export function DocsNav({ texts }: { texts: DocsTexts["nav"] }) {
  const isApi = /^\/docs\/api(\/|$)/.test(usePathname());
  return (
    <nav className={styles.tabs} aria-label={texts.label}>
      <Link href="/docs" aria-current={isApi ? undefined : "true"}>
        {texts.docs}
      </Link>
      <Link href="/docs/api" aria-current={isApi ? "true" : undefined}>
        {texts.api}
      </Link>
    </nav>
  );
}
