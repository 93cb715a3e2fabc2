"use client";

import { Drawer } from "antd";
import { useTranslations } from "next-intl";
import type { AuditEntry } from "../api/audit.ts";
import { Copyable } from "../pieces/copy-button.tsx";
import { Facts } from "../pieces/facts.tsx";
import { Moment } from "../pieces/moment.tsx";
import { RawData } from "../pieces/raw-data.tsx";
import styles from "./activity.module.css";
import { ObjectLink, useVerbText, Who } from "./activity-columns.tsx";
import { Change } from "./change.tsx";

/** One entry with everything that is known of it. */
export function EntryDrawer({ entry, onClose }: { entry: AuditEntry | undefined; onClose: () => void }) {
  const t = useTranslations("dashboard.activity");
  const verbText = useVerbText();
  return (
    <Drawer open={entry !== undefined} onClose={onClose} title={entry && verbText(entry.verb)} size={520}>
      {entry && (
        <div className={styles.entry}>
          <Facts
            facts={[
              [t("columns.when"), <Moment key="when" at={entry.created_at} isExact />],
              [t("columns.who"), <Who key="who" actor={entry.actor} />],
              [t("columns.object"), <ObjectLink key="object" id={entry.object_id} />],
              [t("facts.ip"), entry.ip],
              [t("facts.userAgent"), entry.user_agent],
              [t("facts.requestId"), <Copyable key="request" text={entry.request_id} what={t("facts.requestId")} />],
            ]}
          />
          {(entry.before || entry.after) && (
            <section>
              <h3>{t("columns.change")}</h3>
              <Change entry={entry} />
            </section>
          )}
          <RawData data={entry} />
        </div>
      )}
    </Drawer>
  );
}
