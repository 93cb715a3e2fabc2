"use client";

import { useLocale, useTranslations } from "next-intl";
import type { Facts as ApplicationAnswers } from "#lib/onboarding/facts";
import { Facts } from "../pieces/facts.tsx";
import { Money } from "../pieces/money.tsx";

/** What an application says, as it is read by those who may not change it. */
export function ApplicationFacts({ facts }: { facts: ApplicationAnswers }) {
  const t = useTranslations("dashboard.goLive");
  const categoryName = useTranslations("dashboard.goLive.categories");
  const countryName = useCountryName();
  const { category, monthly_volume: volume, volume_currency: currency } = facts;
  return (
    <Facts
      facts={[
        [t("fields.legal_name"), facts.legal_name],
        [t("fields.registration_number"), facts.registration_number],
        [t("fields.country"), countryName(facts.country)],
        [t("fields.address"), facts.address],
        [t("fields.representative"), facts.representative],
        [
          t("fields.owners"),
          facts.no_owner
            ? t("noOwner")
            : facts.owners
                ?.map(({ name, country, share_percent }) => `${name} (${countryName(country)}, ${share_percent}%)`)
                .join("; "),
        ],
        [t("fields.category"), category && `${category} · ${categoryName(category)}`],
        [t("fields.website"), facts.website],
        [t("fields.business"), facts.business],
        [
          t("fields.monthly_volume"),
          volume !== undefined && currency && <Money key="volume" minor={volume} currency={currency} />,
        ],
        [t("fields.bank_country"), countryName(facts.bank_country)],
        [t("fields.bank_holder"), facts.bank_holder],
        [t("fields.bank_name"), facts.bank_name],
        [t("fields.bank_account"), facts.bank_account && <code key="account">{facts.bank_account}</code>],
        [t("fields.bank_code"), facts.bank_code && <code key="code">{facts.bank_code}</code>],
      ]}
    />
  );
}

export function useCountryName(): (code: string | undefined) => string | undefined {
  const names = new Intl.DisplayNames([useLocale()], { type: "region" });
  return (code) => code && names.of(code);
}
