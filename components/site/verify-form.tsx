"use client";

import { signIn } from "next-auth/react";
import { useState } from "react";
import type { Messages } from "../../i18n/messages.ts";
import { useReady } from "./use-ready.ts";

interface Props {
  readonly token: string;
  readonly texts: Messages["signIn"]["signUp"];
  readonly unreachable: string;
}

/** A button and not the visit itself: mail programs open links to look at them, and the link works once. */
export function VerifyForm({ token, texts, unreachable }: Props) {
  const [error, setError] = useState<string>();
  const [isWorking, setWorking] = useState(false);
  const isReady = useReady();
  const finish = async () => {
    setWorking(true);
    setError(undefined);
    const result = await signIn("sign-up", { token, redirect: false }).catch(() => undefined);
    if (result?.ok && !result.error) {
      location.assign("/dashboard");
      return;
    }
    setWorking(false);
    setError(result?.error === "link_invalid" ? texts.linkInvalid : unreachable);
  };
  return (
    <>
      <div role="alert">
        {error && (
          <p className="notice">
            {error} {error === texts.linkInvalid && <a href="/sign-up">{texts.again}</a>}
          </p>
        )}
      </div>
      <button type="button" className="button" disabled={!isReady || isWorking} onClick={finish}>
        {isWorking ? texts.verifyWorking : texts.verifySubmit}
      </button>
    </>
  );
}
