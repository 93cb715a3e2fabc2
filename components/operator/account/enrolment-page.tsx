"use client";

import { Button } from "antd";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import { EnrolModal } from "../../merchant/security/enrol-modal.tsx";
import { OwnAccount } from "./own-account.tsx";

/** In place of every page for an operator who has to set up a second factor first. */
export function EnrolmentPage() {
  const t = useTranslations("console.account");
  const common = useTranslations("dashboard.security");
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    // The server knows best whether that was enough.
    router.refresh();
  };
  return (
    <OwnAccount>
      <PageHead title={t("mustTitle")} />
      <Panel>
        <p>{t("mustText")}</p>
        <Button type="primary" onClick={() => setOpen(true)}>
          {common("turnOn")}
        </Button>
      </Panel>
      {isOpen && <EnrolModal onClose={close} />}
    </OwnAccount>
  );
}
