"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import styles from "./docs.module.css";
import type { DocsTexts } from "./texts.ts";

const pages = [
  { href: "/docs", text: "start" },
  { href: "/docs/api", text: "api" },
  { href: "/docs/webhooks", text: "webhooks" },
  { href: "/docs/errors", text: "errors" },
] as const;

export function DocsNav({ texts }: { texts: DocsTexts["nav"] }) {
  const pathname = usePathname();
  return (
    <nav className={styles.tabs} aria-label={texts.label}>
      {pages.map(({ href, text }) => {
        const isHere = pathname === href || (href !== "/docs" && pathname.startsWith(`${href}/`));
        return (
          <Link key={href} href={href} aria-current={isHere ? "page" : undefined}>
            {texts[text]}
          </Link>
        );
      })}
    </nav>
  );
}
