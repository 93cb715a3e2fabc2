"use client";

import { App, Button, Skeleton } from "antd";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { type OwnPasskey, useOwnPasskeys } from "../api/me.ts";
import { Moment } from "../pieces/moment.tsx";
import { Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { AddPasskeyModal } from "./add-passkey-modal.tsx";
import { RemovePasskeyModal, RenamePasskeyModal } from "./passkey-modals.tsx";
import styles from "./security.module.css";

type Open = { readonly what: "add" } | { readonly what: "rename" | "remove"; readonly passkey: OwnPasskey };

/** The person's passkeys: each opens the account by itself. */
export function PasskeysPanel() {
  const t = useTranslations("dashboard.security.passkeys");
  const { message } = App.useApp();
  const { data, error, refetch } = useOwnPasskeys().passkeys;
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const add = (
    <Button size="small" onClick={() => setOpen({ what: "add" })}>
      {t("add")}
    </Button>
  );
  return (
    <Panel title={t("title")} action={data && add}>
      <p className={styles.state}>{t("help")}</p>
      {error && <ProblemAlert error={error} onRetry={refetch} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 1 }} />}
      {data && data.data.length > 0 && (
        <ul className={styles.sessions} aria-label={t("title")}>
          {data.data.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey}>
              <Button size="small" onClick={() => setOpen({ what: "rename", passkey })}>
                {t("rename")}
              </Button>
              <Button size="small" danger onClick={() => setOpen({ what: "remove", passkey })}>
                {t("remove")}
              </Button>
            </PasskeyRow>
          ))}
        </ul>
      )}
      {open?.what === "add" && (
        <AddPasskeyModal
          onClose={close}
          onAdded={() => {
            message.success(t("added"));
            close();
          }}
        />
      )}
      {open?.what === "rename" && <RenamePasskeyModal passkey={open.passkey} onClose={close} />}
      {open?.what === "remove" && <RemovePasskeyModal passkey={open.passkey} onClose={close} />}
    </Panel>
  );
}

function PasskeyRow({ passkey, children }: { passkey: OwnPasskey; children: ReactNode }) {
  const t = useTranslations("dashboard.security.passkeys");
  return (
    <li>
      <span>
        <strong>{passkey.name}</strong>
        <span className={styles.where}>
          {t(passkey.synced ? "synced" : "oneDevice")} · {t("since")} <Moment at={passkey.created_at} /> ·{" "}
          {passkey.last_used_at ? (
            <>
              {t("used")} <Moment at={passkey.last_used_at} />
            </>
          ) : (
            t("neverUsed")
          )}
        </span>
      </span>
      <span className={styles.buttons}>{children}</span>
    </li>
  );
}
