"use client";

import { Button, Form, Input, Segmented, Skeleton } from "antd";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { type Application, type Contract, useApplicationChanges, useContract } from "../api/application.ts";
import { Facts } from "../pieces/facts.tsx";
import { Moment } from "../pieces/moment.tsx";
import { Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./go-live.module.css";

/** The contract in both languages, and who has signed it. */
export function ContractPanel({ application, isOpen }: { application: Application; isOpen: boolean }) {
  const t = useTranslations("dashboard.goLive.contract");
  const contract = useContract();
  const { signature } = application;
  return (
    <Panel title={t("title")}>
      {contract.error ? <ProblemAlert error={contract.error} onRetry={contract.refetch} /> : null}
      {contract.data ? <ContractText contract={contract.data} /> : !contract.error && <Skeleton active />}
      {signature && (
        <Facts
          facts={[
            [t("signedBy"), signature.name],
            [t("signedAt"), <Moment key="at" at={signature.created_at} isExact />],
            [t("version"), signature.version],
            [t("address"), signature.ip],
            [t("fingerprint"), <code key="hash">{signature.sha256}</code>],
          ]}
        />
      )}
      {isOpen && contract.data && !signature?.is_current && <SignForm sha256={contract.data.sha256} />}
    </Panel>
  );
}

function ContractText({ contract }: { contract: Contract }) {
  const t = useTranslations("dashboard.goLive.contract");
  const locale = useLocale();
  const [language, setLanguage] = useState<"en" | "zh">(locale.startsWith("zh") ? "zh" : "en");
  return (
    <>
      <Segmented
        aria-label={t("language")}
        value={language}
        onChange={setLanguage}
        options={[
          { value: "zh", label: "中文" },
          { value: "en", label: "English" },
        ]}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls has to be reached by the keyboard */}
      <section className={styles.contract} lang={language} tabIndex={0} aria-label={t("title")}>
        {contract[language].split("\n").map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a text stay where they are
          <ContractLine key={index} line={line} />
        ))}
      </section>
    </>
  );
}

/** The few forms of Markdown that a contract of ours is written in. */
function ContractLine({ line }: { line: string }) {
  if (line.startsWith("# ")) return <h3>{line.slice(2)}</h3>;
  if (line.startsWith("## ")) return <h4>{line.slice(3)}</h4>;
  return line === "" ? null : <p>{line}</p>;
}

function SignForm({ sha256 }: { sha256: string }) {
  const t = useTranslations("dashboard.goLive.contract");
  const { sign } = useApplicationChanges();
  return (
    <Form<{ name: string }>
      layout="vertical"
      requiredMark={false}
      onFinish={({ name }) => sign.mutate({ name: name.trim(), sha256 })}
      className={styles.sign ?? ""}
    >
      <Form.Item
        name="name"
        label={t("name")}
        extra={t("nameHelp")}
        rules={[{ required: true, whitespace: true, min: 2, message: t("nameMissing") }]}
      >
        <Input maxLength={120} autoComplete="name" />
      </Form.Item>
      {sign.error && <ProblemAlert error={sign.error} />}
      <Button htmlType="submit" loading={sign.isPending}>
        {t("sign")}
      </Button>
    </Form>
  );
}
