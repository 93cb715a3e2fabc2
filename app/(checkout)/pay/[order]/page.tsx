import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { CheckoutPage } from "#components/checkout/checkout-page";
import { LanguageProvider } from "#components/checkout/language";
import { surroundingsOf } from "#lib/attempts/choose-account";
import { type CurrencyCode, exponentOf } from "#lib/kernel/currency";
import type { Locale } from "#lib/kernel/locale";
import { translate } from "#lib/messages/translate";
import { askView } from "../../ask-api.ts";
import { catalogues, languageNames, offeredIn, textsIn } from "../../language.ts";
import { codeDataUrl, codeOf } from "./qr-code.ts";

interface PageProps {
  readonly params: Promise<{ order: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const viewOf = cache(async (order: string) => askView(order, await headers()));

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { locale, texts } = textsIn(await headers());
  const view = await viewOf((await params).order);
  if (!view) return { title: texts.notFound.title };
  return {
    title: catalogues[offeredIn(locale, view.merchant.languages)].title.replace("{merchant}", view.merchant.name),
    ...(view.merchant.logo && { icons: view.merchant.logo }),
  };
}

/** The hosted checkout: all of the first view is in the HTML, and a code can be had and paid before any script runs. */
export default async function PayPage({ params, searchParams }: PageProps) {
  const [{ order }, search, given] = await Promise.all([params, searchParams, headers()]);
  const view = await viewOf(order);
  if (!view) notFound();
  const { languages } = view.merchant;
  const locale = offeredIn(textsIn(given).locale, languages);
  const language = { locale, texts: catalogues[locale] };
  const { texts } = language;
  const content = codeOf(view.attempt);
  const attempt = one(search.attempt);
  const problem = problemOf(search, language);
  const page = (
    <CheckoutPage
      view={view}
      texts={texts}
      locale={locale}
      exponent={exponentOf(view.currency as CurrencyCode)}
      isPhone={surroundingsOf(given.get("user-agent") ?? "").device === "mobile"}
      nonce={given.get("x-nonce") ?? undefined}
      languages={languageLinks(locale, languages, attempt)}
      payment={{
        ...(content && { codeImage: codeDataUrl(content) }),
        ...(attempt && { cameBackFrom: attempt }),
        ...(problem && { problem }),
        ...walletUserOf(search, view.livemode),
      }}
    />
  );
  if (locale === textsIn(given).locale) return page;
  // The document was begun in the shopper's language, which this merchant's checkout is not offered in.
  return (
    <div lang={locale}>
      <LanguageProvider value={language}>{page}</LanguageProvider>
    </div>
  );
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** Why a form that was sent without a script was refused: only what the catalogue knows is ever shown. */
function problemOf(search: Awaited<PageProps["searchParams"]>, { locale, texts }: ReturnType<typeof textsIn>) {
  const code = one(search.problem);
  if (!code) return undefined;
  const known = /^[a-z_]{1,60}$/.test(code) ? translate(locale, `errors.${code}`) : undefined;
  // A sentence with gaps was meant for somebody who knows what belongs there.
  const isWhole = known !== undefined && !/\{\w+\}/.test(known);
  const text = isWhole ? known : texts.failure[code === "rate_limited" ? "tooManyText" : "text"];
  const reference = one(search.reference) ?? "";
  return { text, ...(/^[\w-]{8,64}$/.test(reference) && { reference }) };
}

/** The shop that sends its WeChat visitors here knows their id; the test wallet takes anybody. */
function walletUserOf(search: Awaited<PageProps["searchParams"]>, livemode: boolean) {
  const given = one(search.wallet_user_id) ?? (livemode ? "" : "test_shopper");
  return /^[\w-]{1,128}$/.test(given) ? { walletUserId: given } : {};
}

function languageLinks(current: Locale, offered: readonly Locale[], attempt: string | undefined) {
  return offered.map((locale) => ({
    locale,
    name: languageNames[locale],
    href: `?${new URLSearchParams({ ...(attempt && { attempt }), lang: locale })}`,
    isCurrent: locale === current,
  }));
}
