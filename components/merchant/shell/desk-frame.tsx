"use client";

import { MenuOutlined } from "@ant-design/icons";
import { Button, ConfigProvider, Drawer } from "antd";
import Link from "next/link";
import { type ComponentType, type ReactNode, useRef, useState } from "react";
import { Mark } from "../../site/mark.tsx";
import { LanguageMenu, ThemeMenu } from "./preference-menus.tsx";
import styles from "./shell.module.css";
import { useIsStarted } from "./use-is-started.ts";
import { useTypedBefore } from "./use-typed-before.ts";

interface DeskFrameProps {
  readonly home: string;
  readonly name: string;
  /** Where one is, in large letters on the bar: a mode or a realm. */
  readonly place: string;
  /** Colours the bar by the place. */
  readonly bar: { readonly "data-mode": string } | { readonly "data-realm": string };
  readonly texts: { readonly skip: string; readonly navigation: string; readonly openNavigation: string };
  readonly Navigation: ComponentType<{ onChoose?: () => void }>;
  /** On the bar, before the preferences. */
  readonly tools?: ReactNode;
  readonly person: ReactNode;
  readonly banners?: ReactNode;
  readonly children: ReactNode;
}

/** The bar stays while the page scrolls: a menu that hung on the page would slip away under the pointer. */
const barOf = (trigger?: HTMLElement) => trigger?.closest("header") ?? document.body;

/** The frame of every signed-in page, a merchant's or an operator's: navigation on the left, who and where on top. */
export function DeskFrame(props: DeskFrameProps) {
  const { texts, Navigation } = props;
  const [isOpen, setOpen] = useState(false);
  const isStarted = useIsStarted();
  const frame = useRef<HTMLDivElement>(null);
  useTypedBefore(frame);
  const name = (
    <Link href={props.home} className={styles.name}>
      <Mark /> <span>{props.name}</span>
    </Link>
  );
  return (
    <div ref={frame} className={styles.frame} data-starting={isStarted ? undefined : ""}>
      <a className={styles.skip} href="#content">
        {texts.skip}
      </a>
      <aside className={styles.side}>
        {name}
        <nav aria-label={texts.navigation}>
          <Navigation />
        </nav>
      </aside>
      <div className={styles.main}>
        <header className={styles.bar} {...props.bar}>
          <Button
            className={styles.menu}
            type="text"
            icon={<MenuOutlined aria-hidden />}
            aria-label={texts.openNavigation}
            onClick={() => setOpen(true)}
          />
          <p className={styles.mode}>{props.place}</p>
          {props.tools}
          <ConfigProvider getPopupContainer={barOf}>
            <span className={styles.preferences}>
              <LanguageMenu />
              <ThemeMenu />
            </span>
            {props.person}
          </ConfigProvider>
        </header>
        {props.banners}
        <main id="content" className={styles.content} tabIndex={-1}>
          {props.children}
        </main>
      </div>
      <Drawer
        open={isOpen}
        onClose={() => setOpen(false)}
        placement="left"
        size={280}
        title={name}
        styles={{ body: { padding: 8 } }}
      >
        <nav aria-label={texts.navigation}>
          <Navigation onChoose={() => setOpen(false)} />
        </nav>
        <div className={styles.drawerFoot}>
          <LanguageMenu />
          <ThemeMenu />
        </div>
      </Drawer>
    </div>
  );
}
