"use client";

import { App, Button, Form, Input, Modal } from "antd";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { feeShare } from "#lib/refunds/postings";
import type { OrderStory } from "../api/orders.ts";
import { ApiProblem } from "../api/problem.ts";
import { useCreateRefund } from "../api/refunds.ts";
import { useIdempotencyKey } from "../api/use-api.ts";
import { formatMoney, parseMoney, plainMoney } from "../format.ts";
import { MoneyInput } from "../pieces/money-input.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useSession } from "../session.tsx";
import { refundableOf, reservedOf } from "./order-life.ts";
import styles from "./orders.module.css";

interface Fields {
  readonly amount: string;
  readonly number: string;
  readonly reason?: string;
  readonly confirmation?: string;
}

/** Which field an error of the API belongs to. */
const fieldOf: Record<string, keyof Fields> = { amount: "amount", merchant_refund_no: "number", reason: "reason" };

export function RefundModal({ story, onClose }: { story: OrderStory; onClose: () => void }) {
  const t = useTranslations("dashboard.order.refund");
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const create = useCreateRefund();
  const keyFor = useIdempotencyKey();
  const { currency, id } = story.order;
  const refundable = refundableOf(story);
  const [number] = useState(() => suggestNumber(story));
  const amount = parseMoney(Form.useWatch("amount", form) ?? "", currency);
  const locale = useLocale();
  const text = (minor: number) => formatMoney(locale, minor, currency);
  const isPossible = amount !== undefined && amount > 0 && amount <= refundable;
  const isWhole = amount === refundable;
  const whole = plainMoney(refundable, currency);

  const checkAmount = (typed: string | undefined): Promise<void> => {
    const minor = parseMoney(typed ?? "", currency);
    if (minor === undefined || minor <= 0) return Promise.reject(t("amountInvalid", { example: whole }));
    return minor > refundable ? Promise.reject(t("tooLarge", { amount: text(refundable) })) : Promise.resolve();
  };

  const submit = async (fields: Fields) => {
    const refund = {
      order: id,
      amount: parseMoney(fields.amount, currency) ?? 0,
      merchant_refund_no: fields.number.trim(),
      ...(fields.reason?.trim() && { reason: fields.reason.trim() }),
    };
    try {
      await create.mutateAsync({ refund, key: keyFor(refund) });
      message.success(t("accepted"));
      onClose();
    } catch (error) {
      const name = error instanceof ApiProblem ? fieldOf[error.param ?? ""] : undefined;
      if (name && error instanceof ApiProblem) form.setFields([{ name, errors: [error.message] }]);
    }
  };

  return (
    <Modal
      open
      title={t("title")}
      onCancel={onClose}
      okText={isPossible ? t("submit", { amount: text(amount) }) : t("submitEmpty")}
      okButtonProps={{ danger: isWhole, htmlType: "submit", form: "refund", loading: create.isPending }}
      cancelText={t("cancel")}
      mask={{ closable: false }}
    >
      <Form<Fields>
        id="refund"
        form={form}
        layout="vertical"
        requiredMark="optional"
        initialValues={{ number }}
        onFinish={submit}
        scrollToFirstError
      >
        {create.error && !(create.error instanceof ApiProblem && fieldOf[create.error.param ?? ""]) && (
          <Form.Item>
            <ProblemAlert error={create.error} />
          </Form.Item>
        )}
        <Form.Item
          name="amount"
          label={t("amount")}
          required
          rules={[{ validator: (_, typed: string) => checkAmount(typed) }]}
          extra={
            <span className={styles.most}>
              {t("most", { amount: text(refundable) })}
              <Button type="link" size="small" onClick={() => form.setFieldsValue({ amount: whole })}>
                {t("all")}
              </Button>
            </span>
          }
        >
          <MoneyInput currency={currency} autoFocus />
        </Form.Item>
        <Form.Item name="reason" label={t("reason")} rules={[{ max: 200, message: t("reasonTooLong") }]}>
          <Input maxLength={200} placeholder={t("reasonHint")} />
        </Form.Item>
        <Form.Item
          name="number"
          label={t("number")}
          extra={t("numberHelp")}
          required
          rules={[{ pattern: /^[\x21-\x7e]{1,64}$/, required: true, message: t("numberInvalid") }]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        {isPossible && <Consequence story={story} amount={amount} />}
        {isWhole && (
          <Form.Item
            name="confirmation"
            label={t("confirm", { amount: whole })}
            required
            rules={[
              {
                validator: (_, typed = "") =>
                  parseMoney(typed, currency) === refundable ? Promise.resolve() : Promise.reject(t("confirmWrong")),
              },
            ]}
          >
            <Input inputMode="decimal" autoComplete="off" />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}

/** What the press of the button will do, with the sums. */
function Consequence({ story, amount }: { story: OrderStory; amount: number }) {
  const t = useTranslations("dashboard.order.refund");
  const methods = useTranslations("dashboard.methods");
  const { feeReturnedOnRefund } = useSession().merchant;
  const locale = useLocale();
  const { order, fee } = story;
  const text = (minor: number) => formatMoney(locale, minor, order.currency);
  const attempt = story.attempts.find(
    ({ status, disposition }) => status === "succeeded" && (disposition === "order" || disposition === "late"),
  );
  const method = attempt && methods.has(attempt.method as "card") ? methods(attempt.method as "card") : "";
  const returned = feeShare({
    fee: BigInt(fee ?? 0),
    captured: BigInt(order.amount_captured),
    reservedBefore: BigInt(reservedOf(story)),
    amount: BigInt(amount),
  });
  return (
    <p className={styles.consequence} role="status">
      {t("goesBack", { amount: text(amount), method })}
      {fee !== undefined &&
        (feeReturnedOnRefund ? t("feeReturned", { fee: text(Number(returned)) }) : t("feeKept", { fee: text(fee) }))}
    </p>
  );
}

/** The order's own number with a counter: readable in both books, and free unless somebody else was quicker. */
function suggestNumber(story: OrderStory): string {
  const count = story.refunds.filter((refund) => refund.source === "merchant").length + 1;
  return `${story.order.merchant_order_no.slice(0, 58)}-R${count}`;
}
