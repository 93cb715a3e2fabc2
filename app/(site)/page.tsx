import { headers } from "next/headers";
import Link from "next/link";
import { CheckoutPicture } from "#components/site/checkout-picture";
import { CopyCode } from "#components/site/copy-code";
import { SiteFrame } from "#components/site/site-frame";
import { readSession } from "#lib/access/session";
import { env } from "#lib/kernel/env";
import { pageLocale } from "../../i18n/locale.ts";
import { translator } from "../../i18n/translator.ts";

const parts = ["channels", "ledger", "webhooks", "sandbox", "tenancy", "own"] as const;

function firstPayment(origin: string): string {
  return [
    `curl -s ${origin}/v1/orders \\`,
    `  -H "Authorization: Bearer $TEST_KEY" \\`,
    `  -H "Idempotency-Key: first-payment" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '{"merchant_order_no":"SO-1","amount":8800,`,
    `       "currency":"CNY","subject":"Jasmine tea"}'`,
  ].join("\n");
}

export default async function LandingPage() {
  const locale = await pageLocale();
  const t = translator(locale, "site");
  const isSignedIn = Boolean(await readSession((await headers()).get("cookie")));
  const entrance = isSignedIn
    ? { href: "/dashboard", text: t("openDashboard"), short: t("dashboard") }
    : { href: "/sign-in", text: t("signIn"), short: t("signIn") };
  return (
    <SiteFrame locale={locale} link={{ href: entrance.href, text: entrance.short }}>
      <section className="hero">
        <div>
          <h1>{t("title")}</h1>
          <p className="lead">{t("lead")}</p>
          <p className="actions">
            <Link href={entrance.href} className="button">
              {entrance.text}
            </Link>
            {!isSignedIn && (
              <Link href="/sign-up" className="button quiet">
                {t("signUp")}
              </Link>
            )}
            <a href="#first-payment" className="button quiet">
              {t("makePayment")}
            </a>
          </p>
        </div>
        <CheckoutPicture locale={locale} />
      </section>
      <section className="first-payment" id="first-payment" aria-labelledby="first-payment-title">
        <div className="steps">
          <h2 id="first-payment-title">{t("first.title")}</h2>
          <p>{t("first.intro")}</p>
          <ol>
            <li>{t("first.step1")}</li>
            <li>{t("first.step2")}</li>
            <li>{t("first.step3")}</li>
          </ol>
          <p className="links">
            <Link href="/docs">{t("docs")}</Link> <a href="/v1/openapi.json">{t("openapi")}</a>
          </p>
        </div>
        <CopyCode code={firstPayment(env.publicUrl)} label={t("first.code")} copy={t("copy")} copied={t("copied")} />
      </section>
      <section className="parts" aria-label={t("partsTitle")}>
        {parts.map((part) => (
          <article key={part}>
            <h2>{t(`parts.${part}.title`)}</h2>
            <p>{t(`parts.${part}.text`)}</p>
          </article>
        ))}
      </section>
      <footer className="site-foot">{t("licence")}</footer>
    </SiteFrame>
  );
}
