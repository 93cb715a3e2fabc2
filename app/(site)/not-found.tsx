import { NoSuchPage } from "#components/site/no-such-page";
import { pageLocale } from "../../i18n/locale.ts";

export default async function SiteNotFound() {
  return <NoSuchPage locale={await pageLocale()} />;
}
