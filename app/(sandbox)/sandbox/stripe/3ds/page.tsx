import { headers } from "next/headers";
import { negotiateLocale } from "#lib/kernel/locale";
import { Challenge } from "./challenge.tsx";
import { texts } from "./texts.ts";

interface Query {
  readonly payment_intent?: string;
  readonly secret?: string;
  readonly lang?: string;
}

export const metadata = { title: "Test Bank · 3-D Secure", robots: { index: false } };

/** The card issuer's authentication page in test mode: the shopper decides how it ends. */
export default async function ThreeDSecurePage({ searchParams }: { searchParams: Promise<Query> }) {
  const { payment_intent: intent = "", secret = "", lang } = await searchParams;
  const locale = negotiateLocale(lang ?? (await headers()).get("accept-language"));
  const language = locale === "en" ? "en" : "zh-CN";
  return <Challenge intent={intent} secret={secret} language={language} texts={texts[language]} />;
}
