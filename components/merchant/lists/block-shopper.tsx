"use client";

import { StopOutlined } from "@ant-design/icons";
import { App, Button, Form, Modal, Radio } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Known } from "#lib/lists/known-shopper";
import { useZone } from "../../zone.tsx";
import { type ListPlace, useListActions } from "../api/lists.ts";
import { useIdempotencyKey } from "../api/use-api.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { type CommonFields, commonOf, ReasonFields } from "./entry-fields.tsx";
import styles from "./lists.module.css";

interface Props {
  readonly known: readonly Known[];
  readonly place: ListPlace;
  readonly whose: "merchant" | "platform";
}

/** Blocks the shopper of an order by what the order knows of him; absent when it knows nothing. */
export function BlockShopper(props: Props) {
  const t = useTranslations("dashboard.blocklists.shopper");
  const [isOpen, setOpen] = useState(false);
  if (props.known.length === 0) return null;
  return (
    <>
      <Button icon={<StopOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t("open")}
      </Button>
      {isOpen && <BlockModal {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

interface Fields extends Pick<CommonFields, "reason" | "days"> {
  /** Which of what is known. */
  readonly chosen: number;
}

const formId = "block-shopper";
const listsOf = { merchant: "/dashboard/lists", platform: "/console/lists" } as const;

function BlockModal({ known, place, whose, onClose }: Props & { onClose: () => void }) {
  const t = useTranslations("dashboard.blocklists");
  const { message } = App.useApp();
  const { add } = useListActions(place);
  const keyFor = useIdempotencyKey();
  const { aheadMs } = useZone();
  const submit = async ({ chosen, reason, days }: Fields) => {
    const one = known[chosen];
    if (!one) return;
    const common = commonOf({ action: "block", kind: one.kind, reason, days }, Date.now() + aheadMs);
    const input = { ...common, value: one.value };
    const made = await add.mutateAsync({ input, key: keyFor(input) }).catch(() => undefined);
    if (!made) return;
    message.success({ content: <Done hint={made.hint} href={listsOf[whose]} />, duration: 8 });
    onClose();
  };
  return (
    <Modal
      open
      title={t("shopper.open")}
      onCancel={onClose}
      okText={t("shopper.confirm")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: formId, loading: add.isPending, danger: true }}
    >
      <Form<Fields>
        id={formId}
        layout="vertical"
        requiredMark={false}
        initialValues={{ chosen: 0, days: 0 }}
        onFinish={submit}
      >
        <Form.Item name="chosen" label={t("shopper.by")}>
          <Radio.Group className={styles.known ?? ""}>
            {known.map(({ kind, value }, index) => (
              <Radio key={`${kind} ${value}`} value={index}>
                {t(`kinds.${kind}`)} <span className={styles.hint}>{value}</span>
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
        <ReasonFields />
        {add.error ? <ProblemAlert error={add.error} /> : null}
        <p>{t(`${whose}.rule`)}</p>
      </Form>
    </Modal>
  );
}

function Done({ hint, href }: { hint: string; href: string }) {
  const t = useTranslations("dashboard.blocklists.shopper");
  return (
    <>
      {t("done", { hint })} <Link href={href}>{t("toLists")}</Link>
    </>
  );
}
