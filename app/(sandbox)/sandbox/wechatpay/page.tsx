import { Frame } from "./frame.tsx";
import { PasteForm } from "./paste-form.tsx";
import { readRequest, type SearchParams } from "./request.ts";

export default async function WechatPayPage({ searchParams }: { searchParams: SearchParams }) {
  const { locale } = await readRequest(searchParams);
  return (
    <Frame locale={locale}>
      <PasteForm locale={locale} />
    </Frame>
  );
}
