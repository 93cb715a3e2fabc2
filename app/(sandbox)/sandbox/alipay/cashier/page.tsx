import type { Metadata } from "next";
import { Frame } from "../frame.tsx";
import { first, languageOf } from "../language.ts";
import { Wallet } from "../wallet.tsx";

export const metadata: Metadata = { title: "Alipay sandbox", robots: "noindex" };

type Search = Promise<Record<string, string | string[] | undefined>>;

/** Where a page or wap payment lands; JSAPI shoppers come here with their trade number. */
export default async function CashierPage({ searchParams }: { searchParams: Search }) {
  const search = await searchParams;
  const language = await languageOf(first(search.lang));
  return (
    <Frame language={language}>
      <Wallet code={first(search.code) ?? first(search.trade_no) ?? ""} language={language} />
    </Frame>
  );
}
