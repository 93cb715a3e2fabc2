"use client";

import { DownloadOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useTranslations } from "next-intl";
import { type Export, isUnderWay, useExportActions } from "../api/exports.ts";
import { useSession } from "../session.tsx";

/** What can be done to an export now: fetch its file, or stop it. */
export function ExportActions({ of }: { of: Export }) {
  const t = useTranslations("dashboard.exports");
  const { can } = useSession();
  const { message, modal } = App.useApp();
  const { cancel, download } = useExportActions();
  const say = (error: unknown) => message.error(error instanceof Error && error.message ? error.message : t("failed"));

  const stop = () =>
    modal.confirm({
      title: t("stopTitle"),
      content: t("stopText"),
      okText: t("stop"),
      okButtonProps: { danger: true },
      cancelText: t("keepGoing"),
      onOk: () => cancel.mutateAsync(of.id).catch(say),
    });

  if (of.status === "succeeded") {
    return (
      <Button
        icon={<DownloadOutlined aria-hidden />}
        loading={download.isPending}
        onClick={() => download.mutate(of.id, { onError: say })}
      >
        {t(download.isPending ? "downloading" : "download")}
      </Button>
    );
  }
  return isUnderWay(of) && can("exports:write") ? <Button onClick={stop}>{t("stop")}</Button> : null;
}
