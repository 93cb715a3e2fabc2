"use client";

import { Modal } from "antd";
import { useTranslations } from "next-intl";
import { Keys } from "./palette.tsx";
import styles from "./search.module.css";
import { usePages } from "./use-commands.tsx";

/** Every key that does something, on one page. */
export function KeyboardHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useTranslations("dashboard.search.help");
  const pages = usePages();
  const general = [
    { keys: ["Ctrl", "K"], name: t("search") },
    { keys: ["/"], name: t("filter") },
    { keys: ["?"], name: t("open") },
    { keys: ["esc"], name: t("close") },
  ];
  return (
    <Modal open={isOpen} onCancel={onClose} footer={null} title={t("title")} width={480} destroyOnHidden>
      <dl className={styles.help}>
        {[...general, ...pages].map(({ keys, name }) =>
          keys ? (
            <div key={name}>
              <dt>
                <Keys keys={keys} />
              </dt>
              <dd>{name}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </Modal>
  );
}
