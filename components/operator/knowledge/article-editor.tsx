"use client";

import { App, Button, Input } from "antd";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { ArticleBody } from "../../knowledge/article-body.tsx";
import { Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import support from "../../merchant/support/support.module.css";
import { type ArticleLocale, useArticleWork, type WrittenArticle } from "../api/knowledge.ts";
import styles from "./knowledge.module.css";
import { latestOf } from "./words.tsx";

/** Text on the one side, on the other what merchants will read. */
export function ArticleEditor({ article, locale }: { article: WrittenArticle; locale: ArticleLocale }) {
  const t = useTranslations("console.knowledge");
  const { message } = App.useApp();
  const { draft, turn } = useArticleWork();
  const [nameId, textId] = [useId(), useId()];
  const latest = latestOf(article, locale);
  const [title, setTitle] = useState(latest?.title ?? "");
  const [body, setBody] = useState(latest?.body ?? "");
  const isChanged = title.trim() !== (latest?.title ?? "") || body.trim() !== (latest?.body ?? "");
  const isEmpty = title.trim() === "" || body.trim() === "";
  const isShown = article.versions.some((one) => one.locale === locale && one.is_shown);
  const isBusy = draft.isPending || turn.isPending;

  const saveDraft = () => draft.mutateAsync({ id: article.id, locale, title: title.trim(), body: body.trim() });
  const publish = async () => {
    if (isChanged) await saveDraft();
    await turn.mutateAsync({ id: article.id, to: "publish", locale });
  };
  const doing = (work: () => Promise<unknown>, said: string) =>
    void work().then(
      () => message.success(said),
      () => {}, // Shown above the buttons.
    );
  const error = draft.error ?? turn.error;
  return (
    <Panel>
      <div className={styles.editor}>
        <div className={support.composer}>
          <label htmlFor={nameId}>{t("name")}</label>
          <Input id={nameId} maxLength={150} value={title} onChange={(event) => setTitle(event.target.value)} />
          <label htmlFor={textId}>{t("text")}</label>
          <Input.TextArea
            id={textId}
            className={styles.text ?? ""}
            autoSize={{ minRows: 16, maxRows: 40 }}
            maxLength={50_000}
            value={body}
            onChange={(event) => setBody(event.target.value)}
          />
          <span className={support.soft}>{t("textHelp")}</span>
        </div>
        <section aria-label={t("preview")} className={styles.preview}>
          <h2>{title || t("preview")}</h2>
          <ArticleBody source={body} lang={locale} />
        </section>
      </div>
      <div className={support.composer}>
        {error && <ProblemAlert error={error} />}
        <span className={support.buttons}>
          <Button
            type="primary"
            disabled={isEmpty || (!isChanged && isShown && latest?.state === "published")}
            loading={isBusy}
            onClick={() => doing(publish, t("published"))}
          >
            {t("publish")}
          </Button>
          <Button disabled={isEmpty || !isChanged} loading={isBusy} onClick={() => doing(saveDraft, t("saved"))}>
            {t("saveDraft")}
          </Button>
          {isShown && (
            <Button
              danger
              loading={isBusy}
              onClick={() => doing(() => turn.mutateAsync({ id: article.id, to: "withdraw", locale }), t("withdrawn"))}
            >
              {t("withdraw")}
            </Button>
          )}
        </span>
      </div>
    </Panel>
  );
}
