import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { SignOutButton } from "#components/site/sign-out-button";
import { SiteFrame } from "#components/site/site-frame";
import { readSession } from "#lib/access/session";
import { createApi } from "#lib/api/app";
import { pageLocale } from "../../../i18n/locale.ts";
import { translator } from "../../../i18n/translator.ts";

/** Who is signed in, and whether the platform can serve. */
export default async function ConsolePage() {
  const operator = await readSession((await headers()).get("cookie"), "operator");
  if (!operator) redirect("/console/sign-in");
  const locale = await pageLocale();
  const t = translator(locale, "site");
  const isReady = (await createApi().request("/readyz")).ok;
  return (
    <SiteFrame locale={locale}>
      <section className="sign-in">
        <h1>{t("console.title")}</h1>
        <dl className="facts">
          <dt>{t("console.person")}</dt>
          <dd>
            {operator.name} ({operator.email})
          </dd>
          <dt>{t("console.health")}</dt>
          <dd>{t(isReady ? "console.ready" : "console.unavailable")}</dd>
        </dl>
        <SignOutButton to="/console/sign-in" text={t("signOut")} />
      </section>
    </SiteFrame>
  );
}
