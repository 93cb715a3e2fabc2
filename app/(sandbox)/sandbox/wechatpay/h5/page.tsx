import { Frame } from "../frame.tsx";
import { readRequest, type SearchParams } from "../request.ts";
import { Wallet } from "../wallet.tsx";

/** Where an h5_url leads from a phone's browser; `redirect_url` is where the shopper goes afterwards. */
export default async function H5Page({ searchParams }: { searchParams: SearchParams }) {
  const { query, locale } = await readRequest(searchParams);
  return (
    <Frame locale={locale}>
      <Wallet
        locale={locale}
        entry="h5"
        source={{ code: query.prepay_id ?? "" }}
        {...(query.redirect_url ? { redirectUrl: query.redirect_url } : {})}
      />
    </Frame>
  );
}
