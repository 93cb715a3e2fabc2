"use client";

import { ToolOutlined } from "@ant-design/icons";
import { useTranslations } from "next-intl";
import { type MaintenanceWindow, useMaintenance } from "../api/maintenance.ts";
import { Moment } from "../pieces/moment.tsx";
import { useSession } from "../session.tsx";
import styles from "./shell.module.css";

/** Says of channels that are closed now or soon: their payments will be missing. */
export function MaintenanceBanner() {
  const { can } = useSession();
  const { data } = useMaintenance(can("orders:read"));
  return data?.data.map((window) => <Announcement key={window.id} window={window} />);
}

function Announcement({ window }: { window: MaintenanceWindow }) {
  const t = useTranslations("dashboard.maintenance");
  const channels = useTranslations("dashboard.channels");
  const name = channels.has(window.channel as "stripe") ? channels(window.channel as "stripe") : window.channel;
  return (
    <div role="status" className={styles.clock}>
      <ToolOutlined aria-hidden />
      <span>
        {t(window.is_under_way ? "now" : "soon", { channel: name })} <Moment at={window.starts_at} isExact /> –{" "}
        <Moment at={window.ends_at} isExact />
        {" · "}
        {window.reason}
      </span>
    </div>
  );
}
