import { Frame } from "../frame.tsx";
import { readRequest, type SearchParams } from "../request.ts";
import { Wallet, type WalletSource } from "../wallet.tsx";

const signedFields = ["appId", "timeStamp", "nonceStr", "package", "signType", "paySign"] as const;

/**
 * The cashier that opens over a page in the wallet's browser. Given the parameters of getBrandWCPayRequest, it checks
 * their signature as the wallet does; given only a `prepay_id`, it opens without.
 */
export default async function JsapiPage({ searchParams }: { searchParams: SearchParams }) {
  const { query, locale } = await readRequest(searchParams);
  return (
    <Frame locale={locale}>
      <Wallet
        locale={locale}
        entry="jsapi"
        source={sourceOf(query)}
        {...(query.redirect_url ? { redirectUrl: query.redirect_url } : {})}
      />
    </Frame>
  );
}

function sourceOf(query: Record<string, string>): WalletSource {
  if (!query.paySign) return { code: query.prepay_id ?? "" };
  return { signed: Object.fromEntries(signedFields.map((field) => [field, query[field] ?? ""])) };
}
