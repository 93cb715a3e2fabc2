"use client";

import { Checkbox, Form, Input, InputNumber, Modal, Select } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMethodName } from "../../merchant/channel-accounts/method-name.ts";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { useMerchants } from "../api/merchants.ts";
import { type Loan, type PlatformAccountDetail, usePlatformAccountActions } from "../api/platform-accounts.ts";
import styles from "./channels.module.css";
import { oneAtLeast } from "./one-at-least.ts";

interface Props {
  readonly account: PlatformAccountDetail;
  /** Whose terms are changed; none when it is lent anew. */
  readonly loan?: Loan | undefined;
  readonly onClose: () => void;
}

interface Fields {
  readonly merchant: string;
  readonly methods: string[];
  readonly priority: number;
  readonly fee_bps: string;
  readonly fee_fixed: number;
}

const formId = "platform-account-loan";

/** To whom, for what, and at which price. */
export function LoanModal({ account, loan, onClose }: Props) {
  const t = useTranslations("console.channels.platform");
  const common = useTranslations("console.channels");
  const methodName = useMethodName();
  const { lend, changeLoan } = usePlatformAccountActions(account.id);
  const deed = loan ? changeLoan : lend;
  const required = [{ required: true, message: common("missing") }];
  const submit = ({ merchant, ...terms }: Fields) => {
    const sent = loan
      ? changeLoan.mutateAsync({ merchant: loan.merchant.id, terms })
      : lend.mutateAsync({ merchant, ...terms });
    sent.then(onClose, () => undefined);
  };
  const initial = {
    methods: loan?.lent_methods ?? account.methods,
    priority: loan?.priority ?? 100,
    fee_bps: loan?.fee_bps ?? "60",
    fee_fixed: loan?.fee_fixed ?? 0,
  };
  return (
    <Modal
      open
      title={loan ? t("termsOf", { merchant: loan.merchant.name }) : t("lend")}
      onCancel={onClose}
      okText={t(loan ? "saveTerms" : "lend")}
      cancelText={common("cancel")}
      okButtonProps={{ htmlType: "submit", form: formId, loading: deed.isPending }}
    >
      <Form<Fields> id={formId} layout="vertical" requiredMark={false} initialValues={initial} onFinish={submit}>
        {!loan && (
          <Form.Item name="merchant" label={t("merchant")} rules={required}>
            <MerchantSelect />
          </Form.Item>
        )}
        <Form.Item name="methods" label={t("methods")} rules={[oneAtLeast(common("missing"))]}>
          <Checkbox.Group options={account.methods.map((value) => ({ value, label: methodName(value) }))} />
        </Form.Item>
        <div className={styles.pair}>
          <Form.Item
            name="fee_bps"
            label={t("feeBps")}
            rules={[{ pattern: /^\d{1,4}(\.\d{1,2})?$/, required: true, message: t("feeInvalid") }]}
          >
            <Input inputMode="decimal" autoComplete="off" />
          </Form.Item>
          <Form.Item name="fee_fixed" label={t("feeFixed")} rules={required}>
            <InputNumber min={0} max={1_000_000} precision={0} />
          </Form.Item>
        </div>
        <Form.Item name="priority" label={t("priority")} extra={t("priorityHelp")} rules={required}>
          <InputNumber min={0} max={10_000} precision={0} />
        </Form.Item>
        {deed.error ? <ProblemAlert error={deed.error} /> : null}
      </Form>
    </Modal>
  );
}

/** The form gives the value and takes the change. */
function MerchantSelect(props: { id?: string; value?: string; onChange?: (value: string) => void }) {
  const [asked, setAsked] = useState("");
  const found = useMerchants({ q: asked.trim() || undefined }).data?.data ?? [];
  return (
    <Select
      {...props}
      showSearch={{ filterOption: false, onSearch: setAsked }}
      options={found.map(({ id, name }) => ({ value: id, label: `${name} · ${id}` }))}
    />
  );
}
