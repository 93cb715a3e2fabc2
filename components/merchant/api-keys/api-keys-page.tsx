"use client";

import { MoreOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type ApiKey, stateOfKey, useApiKeys } from "../api/api-keys.ts";
import { DataList } from "../pieces/data-list.tsx";
import { Empty } from "../pieces/empty.tsx";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { useSession } from "../session.tsx";
import { CreateKeyModal } from "./create-key-modal.tsx";
import { EditKeyModal } from "./edit-key-modal.tsx";
import { KeyCard, useKeyColumns } from "./key-columns.tsx";
import { RevokeKeyModal } from "./revoke-key-modal.tsx";
import { RollKeyModal } from "./roll-key-modal.tsx";
import { SigningModal } from "./signing-modal.tsx";

const verbs = ["edit", "signing", "roll", "revoke"] as const;
type Open = { readonly verb: "create" } | { readonly verb: (typeof verbs)[number]; readonly key: ApiKey };

export function ApiKeysPage() {
  const t = useTranslations("dashboard.apiKeys");
  const { can, mode } = useSession();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const mayWrite = can("api_keys:write");
  const actions = (key: ApiKey) => {
    if (!mayWrite || stateOfKey(key, Date.now()) !== "active") return null;
    const possible = verbs.filter(
      (verb) => !(verb === "roll" && key.replaced_by) && !(verb === "signing" && key.kind === "publishable"),
    );
    return (
      <Dropdown
        trigger={["click"]}
        placement="bottomRight"
        menu={{
          items: possible.map((verb) => ({ key: verb, label: t(verb), danger: verb === "revoke" })),
          onClick: ({ key: chosen }) => {
            const verb = verbs.find((one) => one === chosen);
            if (verb) setOpen({ verb, key });
          },
        }}
      >
        <Button size="small" icon={<MoreOutlined aria-hidden />} aria-label={t("actionsOf", { label: key.label })} />
      </Dropdown>
    );
  };
  return (
    <>
      <PageHead
        title={t("title")}
        note={t(mode === "test" ? "noteTest" : "noteLive")}
        action={
          mayWrite && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setOpen({ verb: "create" })}>
              {t("create")}
            </Button>
          )
        }
      />
      <Panel isFlush>
        <DataList<ApiKey>
          label={t("title")}
          result={useApiKeys()}
          columns={useKeyColumns(actions)}
          card={(key) => <KeyCard apiKey={key} actions={actions(key)} />}
          empty={
            <Empty title={t("none")}>
              <p>{t("noneHelp")}</p>
            </Empty>
          }
        />
      </Panel>
      {open?.verb === "create" && <CreateKeyModal onClose={close} />}
      {open?.verb === "edit" && <EditKeyModal apiKey={open.key} onClose={close} />}
      {open?.verb === "signing" && <SigningModal apiKey={open.key} onClose={close} />}
      {open?.verb === "roll" && <RollKeyModal apiKey={open.key} onClose={close} />}
      {open?.verb === "revoke" && <RevokeKeyModal apiKey={open.key} onClose={close} />}
    </>
  );
}
