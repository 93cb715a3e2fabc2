"use client";

import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  WebAuthnAbortService,
} from "@simplewebauthn/browser";
import { useEffect, useEffectEvent, useState } from "react";
import { postJson } from "./post-json.ts";

/** `canceled`: the person changed his mind, which needs no words. */
export type PasskeyOutcome =
  | { readonly kind: "signed_in" }
  | { readonly kind: "canceled" }
  | { readonly kind: "refused"; readonly detail: string }
  | { readonly kind: "failed" };

async function enter(isAutofill: boolean): Promise<PasskeyOutcome> {
  const begun = await postJson("/v1/sign_in/passkey/options", {});
  if (begun.kind !== "ok") return begun.kind === "refused" ? begun : { kind: "failed" };
  const optionsJSON = begun.body.options as PublicKeyCredentialRequestOptionsJSON;
  try {
    const response = await startAuthentication({ optionsJSON, useBrowserAutofill: isAutofill });
    const { id, rawId, type, response: proof, clientExtensionResults } = response;
    const posted = await postJson("/v1/sign_in/passkey", {
      response: { id, rawId, type, response: proof, clientExtensionResults },
    });
    if (posted.kind === "ok") return { kind: "signed_in" };
    return posted.kind === "refused" ? posted : { kind: "failed" };
  } catch (error) {
    return { kind: error instanceof Error && /^(NotAllowed|Abort)Error$/.test(error.name) ? "canceled" : "failed" };
  }
}

/**
 * Signing in with a passkey: by `ask`, or offered by the browser in the e-mail field where it can.
 *
 * @param onOutcome hears of the one that the browser offered
 */
export function usePasskey(isWanted: boolean, onOutcome: (outcome: PasskeyOutcome) => void) {
  const [isSupported, setSupported] = useState(true);
  const hear = useEffectEvent(onOutcome);
  useEffect(() => {
    if (!isWanted) return;
    let isOver = false;
    setSupported(browserSupportsWebAuthn());
    void browserSupportsWebAuthnAutofill().then(async (isOffered) => {
      if (!isOffered || isOver) return;
      const outcome = await enter(true);
      // What failed in the background was not asked for.
      if (!isOver && (outcome.kind === "signed_in" || outcome.kind === "refused")) hear(outcome);
    });
    return () => {
      isOver = true;
      WebAuthnAbortService.cancelCeremony();
    };
  }, [isWanted]);
  return { isSupported: isWanted && isSupported, ask: () => enter(false) };
}
