import { toString as drawCode } from "qrcode";
import { env } from "#lib/kernel/env";
import type { Locale } from "#lib/kernel/locale";
import { translator } from "../../i18n/translator.ts";

/** A drawing of the checkout that the command beside it opens; the page's reader gets nothing to press. */
export async function CheckoutPicture({ locale }: { locale: Locale }) {
  const t = translator(locale, "site");
  const amount = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: "CNY",
    currencyDisplay: "narrowSymbol",
  }).format(88);
  const code = await drawCode(env.publicUrl, { type: "svg", margin: 0 });
  return (
    <div className="picture" role="img" aria-label={t("picture.label")}>
      <p className="picture-subject">{t("picture.subject")}</p>
      <p className="picture-amount">{amount}</p>
      <ul>
        <li className="is-open">
          <span className="dot" /> {t("picture.wechat")}
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by our own library from our own address */}
          <span className="qr" dangerouslySetInnerHTML={{ __html: code }} />
        </li>
        <li>
          <span className="dot" /> {t("picture.alipay")}
        </li>
        <li>
          <span className="dot" /> {t("picture.card")}
        </li>
      </ul>
      <p className="picture-note">{t("picture.note")}</p>
    </div>
  );
}
