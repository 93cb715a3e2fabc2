"use client";

import { Switch } from "antd";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { useSession } from "../session.tsx";
import { hrefOf, sectionOf } from "./navigation.ts";
import styles from "./shell.module.css";

/** Test and live are two worlds: an object of the one is not there in the other, so its page gives way to the list. */
export function ModeSwitch() {
  const t = useTranslations("dashboard.shell");
  const { mode, setMode } = useSession();
  const router = useRouter();
  const path = usePathname();
  const id = useId();
  return (
    <span className={styles.switch}>
      <label htmlFor={id}>{t("testSwitch")}</label>
      <Switch
        id={id}
        size="small"
        checked={mode === "test"}
        onChange={(isTest) => {
          setMode(isTest ? "test" : "live");
          const list = hrefOf(sectionOf(path) ?? "overview");
          if (path !== list || location.search) router.push(list);
        }}
      />
    </span>
  );
}
