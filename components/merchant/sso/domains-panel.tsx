"use client";

import { App, Button, Form, Input } from "antd";
import { useTranslations } from "next-intl";
import { ApiProblem } from "../api/problem.ts";
import { type SsoDomain, useSsoActions } from "../api/sso.ts";
import { Copyable } from "../pieces/copy-button.tsx";
import { Facts } from "../pieces/facts.tsx";
import { Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { StateTag } from "../pieces/state-tag.tsx";
import styles from "./sso.module.css";

interface Props {
  readonly domains: readonly SsoDomain[];
  readonly isOwner: boolean;
}

export function DomainsPanel({ domains, isOwner }: Props) {
  const t = useTranslations("dashboard.sso");
  return (
    <Panel title={t("domains")}>
      <p className={styles.help}>{t("domainsHelp")}</p>
      {domains.length > 0 && (
        <ul className={styles.domains} aria-label={t("domains")}>
          {domains.map((domain) => (
            <DomainRow key={domain.domain} domain={domain} isOwner={isOwner} />
          ))}
        </ul>
      )}
      {isOwner && <AddDomain />}
    </Panel>
  );
}

function DomainRow({ domain, isOwner }: { domain: SsoDomain; isOwner: boolean }) {
  const t = useTranslations("dashboard.sso");
  const { message } = App.useApp();
  const { verifyDomain, removeDomain } = useSsoActions();
  const problem = verifyDomain.error ?? removeDomain.error;
  const verify = () => verifyDomain.mutate(domain.domain, { onSuccess: () => void message.success(t("verified")) });
  return (
    <li>
      <div className={styles.row}>
        <span className={styles.name}>
          <strong>{domain.domain}</strong> <StateTag state={domain.verified ? "verified" : "unverified"} />
        </span>
        {isOwner && (
          <span className={styles.buttons}>
            {!domain.verified && (
              <Button size="small" type="primary" loading={verifyDomain.isPending} onClick={verify}>
                {t("verify")}
              </Button>
            )}
            <Button
              size="small"
              danger
              loading={removeDomain.isPending}
              onClick={() => removeDomain.mutate(domain.domain)}
            >
              {t("removeDomain")}
            </Button>
          </span>
        )}
      </div>
      {isOwner && !domain.verified && (
        <>
          <p className={styles.help}>{t("recordHelp")}</p>
          <Facts
            facts={[
              [t("recordName"), <Copyable key="name" text={domain.record_name} what={t("recordName")} />],
              [t("recordValue"), <Copyable key="value" text={domain.record_value} what={t("recordValue")} />],
            ]}
          />
        </>
      )}
      {problem && <ProblemAlert error={problem} />}
    </li>
  );
}

function AddDomain() {
  const t = useTranslations("dashboard.sso");
  const { addDomain } = useSsoActions();
  const [form] = Form.useForm<{ domain: string }>();
  const submit = ({ domain }: { domain: string }) =>
    addDomain.mutate(domain.trim(), {
      onSuccess: () => form.resetFields(),
      onError: (problem) => {
        if (problem instanceof ApiProblem) form.setFields([{ name: "domain", errors: [problem.message] }]);
      },
    });
  return (
    <Form form={form} name="sso-domain" layout="vertical" requiredMark={false} onFinish={submit}>
      <div className={styles.add}>
        <Form.Item
          name="domain"
          label={t("domain")}
          rules={[{ required: true, whitespace: true, message: t("domainMissing") }]}
        >
          <Input
            placeholder="example.com"
            maxLength={254}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        </Form.Item>
        <Button htmlType="submit" loading={addDomain.isPending}>
          {t("addDomain")}
        </Button>
      </div>
    </Form>
  );
}
