"use client";

import { App, Form, Input, Modal } from "antd";
import { useTranslations } from "next-intl";
import { useZone } from "../../zone.tsx";
import { type ListPlace, useListActions } from "../api/lists.ts";
import { ApiProblem } from "../api/problem.ts";
import { useIdempotencyKey } from "../api/use-api.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { type CommonFields, commonOf, EntryFields, firstFields, ReasonFields } from "./entry-fields.tsx";

type Fields = CommonFields & { readonly value: string };

const formId = "list-entry";

export function EntryModal(props: { place: ListPlace; whose: "merchant" | "platform"; onClose: () => void }) {
  const { place, whose, onClose } = props;
  const t = useTranslations("dashboard.blocklists");
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const kind = Form.useWatch("kind", form) ?? "email";
  const { add } = useListActions(place);
  const keyFor = useIdempotencyKey();
  const { aheadMs } = useZone();
  const submit = async (fields: Fields) => {
    const input = { ...commonOf(fields, Date.now() + aheadMs), value: fields.value.trim() };
    const made = await add.mutateAsync({ input, key: keyFor(input) }).catch((error: unknown) => {
      if (error instanceof ApiProblem && error.param === "value") {
        form.setFields([{ name: "value", errors: [error.message] }]);
      }
    });
    if (!made) return;
    message.success(t("add.done", { hint: made.hint }));
    onClose();
  };
  const isAtField = add.error instanceof ApiProblem && add.error.param === "value";
  return (
    <Modal
      open
      title={t("add.open")}
      onCancel={onClose}
      okText={t("add.confirm")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: formId, loading: add.isPending }}
    >
      <Form<Fields>
        id={formId}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={firstFields}
        onFinish={submit}
      >
        <EntryFields />
        <Form.Item
          name="value"
          label={t(`kinds.${kind}`)}
          extra={t(`valueHelp.${kind}`)}
          rules={[{ required: true, whitespace: true, max: 254, message: t("valueMissing") }]}
        >
          <Input maxLength={254} autoComplete="off" spellCheck={false} />
        </Form.Item>
        <ReasonFields />
        {add.error && !isAtField ? <ProblemAlert error={add.error} /> : null}
        <p>{t(`${whose}.rule`)}</p>
      </Form>
    </Modal>
  );
}
