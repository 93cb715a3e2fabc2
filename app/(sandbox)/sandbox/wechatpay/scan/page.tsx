import { Frame } from "../frame.tsx";
import { PasteForm } from "../paste-form.tsx";
import { readRequest, type SearchParams } from "../request.ts";
import { Wallet } from "../wallet.tsx";

/** What the wallet shows after it scanned a code_url. */
export default async function ScanPage({ searchParams }: { searchParams: SearchParams }) {
  const { query, locale } = await readRequest(searchParams);
  return (
    <Frame locale={locale}>
      {query.code ? (
        <Wallet locale={locale} entry="scan" source={{ code: query.code }} />
      ) : (
        <PasteForm locale={locale} />
      )}
    </Frame>
  );
}
