"use client";

import { CheckCircleOutlined, EditOutlined, MinusCircleOutlined } from "@ant-design/icons";
import { useTranslations } from "next-intl";
import tags from "../../merchant/pieces/pieces.module.css";
import type { ArticleCategory, ArticleLocale, WrittenArticle } from "../api/knowledge.ts";

export const articleLocales = ["zh-CN", "en"] as const satisfies readonly ArticleLocale[];
export const articleCategories = [
  "start",
  "payments",
  "refunds",
  "webhooks",
  "reconciliation",
  "test_mode",
] as const satisfies readonly ArticleCategory[];

/** What each language is called, in itself. */
export const languageNames = { "zh-CN": "简体中文", en: "English" } as const satisfies Record<ArticleLocale, string>;

export function latestOf({ versions }: WrittenArticle, locale: ArticleLocale) {
  return versions.find((one) => one.locale === locale);
}

/** Whether merchants read an article in a language, and whether something newer waits to be published. */
export function ArticleState({ article, locale }: { article: WrittenArticle; locale: ArticleLocale }) {
  const t = useTranslations("console.knowledge.states");
  const latest = latestOf(article, locale);
  const isShown = article.versions.some((one) => one.locale === locale && one.is_shown);
  if (!latest) {
    return (
      <span className={`${tags.tag} ${tags.quiet}`}>
        <MinusCircleOutlined aria-hidden /> {t("missing")}
      </span>
    );
  }
  if (latest.state === "draft") {
    return (
      <span className={`${tags.tag} ${tags.attention}`}>
        <EditOutlined aria-hidden /> {t(isShown ? "changed" : "draft")}
      </span>
    );
  }
  return (
    <span className={`${tags.tag} ${isShown ? tags.success : tags.quiet}`}>
      <CheckCircleOutlined aria-hidden /> {t(isShown ? "published" : "withdrawn")}
    </span>
  );
}
