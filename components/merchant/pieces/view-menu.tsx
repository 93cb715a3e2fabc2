"use client";

import { DeleteOutlined, DownOutlined, SaveOutlined } from "@ant-design/icons";
import { App, Button, Dropdown, Form, Input, Modal } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type SavedView, useSavedViewActions, useSavedViews } from "../api/saved-views.ts";
import styles from "./pieces.module.css";
import { ProblemAlert } from "./problem-alert.tsx";
import type { Look } from "./use-list-look.ts";

interface Props {
  readonly list: SavedView["list"];
  readonly names: readonly string[];
  readonly filter: {
    readonly values: Readonly<Record<string, string | undefined>>;
    readonly isFiltered: boolean;
    set(changes: Readonly<Record<string, string | undefined>>): void;
  };
  readonly look: Look;
  readonly onLook: (look: Look) => void;
}

const longestName = 60;

/** The reader's own views of a list: filters and columns under a name. */
export function ViewMenu({ list, names, filter, look, onLook }: Props) {
  const t = useTranslations("dashboard.list.views");
  const views = useSavedViews(list);
  const { remove } = useSavedViewActions();
  const [isNaming, setNaming] = useState(false);
  const { message } = App.useApp();
  const wanted = Object.fromEntries(
    names.flatMap((name) => (filter.values[name] ? [[name, filter.values[name]]] : [])),
  );
  const saved = views.data?.data ?? [];
  const current = saved.find((view) => isSame(view, wanted, look));
  const open = (view: SavedView) => {
    filter.set(Object.fromEntries(names.map((name) => [name, view.filters[name]])));
    onLook({ columns: view.columns, density: view.density });
  };
  const forget = (view: SavedView) =>
    remove.mutate(view.id, { onSuccess: () => void message.success(t("deleted", { name: view.name })) });
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{
          selectedKeys: current ? [current.id] : [],
          items: [
            ...saved.map((view) => ({ key: view.id, label: view.name, onClick: () => open(view) })),
            ...(saved.length === 0 ? [{ key: "none", label: t("none"), disabled: true }] : []),
            { type: "divider" as const },
            { key: "save", icon: <SaveOutlined aria-hidden />, label: t("save"), onClick: () => setNaming(true) },
            ...(current
              ? [
                  {
                    key: "delete",
                    icon: <DeleteOutlined aria-hidden />,
                    label: t("delete", { name: current.name }),
                    onClick: () => forget(current),
                  },
                ]
              : []),
          ],
        }}
      >
        <Button icon={<DownOutlined aria-hidden />} iconPlacement="end" className={styles.viewButton}>
          {current?.name ?? t("title")}
        </Button>
      </Dropdown>
      <NameModal
        isOpen={isNaming}
        onClose={() => setNaming(false)}
        view={{ list, filters: wanted as Record<string, string>, columns: [...look.columns], density: look.density }}
      />
    </>
  );
}

function isSame(view: SavedView, filters: Readonly<Record<string, string | undefined>>, look: Look): boolean {
  const names = new Set([...Object.keys(view.filters), ...Object.keys(filters)]);
  return (
    [...names].every((name) => view.filters[name] === filters[name]) &&
    view.columns.join() === look.columns.join() &&
    view.density === look.density
  );
}

function NameModal(props: {
  isOpen: boolean;
  onClose: () => void;
  view: Omit<SavedView, "id" | "object" | "name" | "created_at">;
}) {
  const t = useTranslations("dashboard.list.views");
  const { save } = useSavedViewActions();
  const [form] = Form.useForm<{ name: string }>();
  const { message } = App.useApp();
  const submit = ({ name }: { name: string }) =>
    save.mutate(
      { ...props.view, name },
      {
        onSuccess: () => {
          void message.success(t("saved", { name }));
          props.onClose();
        },
      },
    );
  return (
    <Modal
      open={props.isOpen}
      onCancel={props.onClose}
      title={t("save")}
      okText={t("submit")}
      cancelText={t("cancel")}
      confirmLoading={save.isPending}
      onOk={form.submit}
      destroyOnHidden
    >
      <p>{t("help")}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit} preserve={false}>
        <Form.Item
          name="name"
          label={t("name")}
          rules={[{ required: true, whitespace: true, message: t("nameMissing") }]}
        >
          <Input maxLength={longestName} autoFocus autoComplete="off" />
        </Form.Item>
      </Form>
      {save.error ? <ProblemAlert error={save.error} /> : null}
    </Modal>
  );
}
