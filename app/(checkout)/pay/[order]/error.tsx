"use client";

import { useLanguage } from "#components/checkout/language";
import { MessagePage } from "#components/checkout/message-page";

/** What ViewRefused carries: the error's code and the request's id; anything else is Next's own number. */
function readDigest(digest: string | undefined): { code: string; reference: string } {
  const [code = "", reference] = (digest ?? "").split(" ");
  return reference === undefined ? { code: "", reference: code } : { code, reference };
}

export default function CheckoutFailed({ error }: { error: Error & { digest?: string } }) {
  const { texts } = useLanguage();
  const { code, reference } = readDigest(error.digest);
  const isTooMany = code === "rate_limited";
  return (
    <MessagePage
      title={isTooMany ? texts.failure.tooMany : texts.failure.title}
      text={isTooMany ? texts.failure.tooManyText : texts.failure.text}
    >
      <button type="button" onClick={() => window.location.reload()}>
        {texts.failure.retry}
      </button>
      {reference ? (
        <p>
          {texts.notice.reference} {reference}
        </p>
      ) : null}
    </MessagePage>
  );
}
