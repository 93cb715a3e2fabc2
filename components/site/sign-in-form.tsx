"use client";

import { signIn } from "next-auth/react";
import { type FormEvent, useRef, useState } from "react";
import type { Messages } from "../../i18n/messages.ts";
import { CodeForm } from "./code-form.tsx";
import { Field } from "./field.tsx";
import { type PasskeyOutcome, usePasskey } from "./use-passkey.ts";
import { useReady } from "./use-ready.ts";

export type SignInTexts = Messages["signIn"]["form"];

interface Props {
  readonly realm: "merchant" | "operator";
  /** Where to go afterwards; a path of ours. */
  readonly next: string;
  readonly texts: SignInTexts;
  /** What went wrong on the way here. */
  readonly notice?: string | undefined;
}

interface Login {
  readonly email: string;
  readonly password: string;
}

export function SignInForm({ realm, next, texts, notice }: Props) {
  const [error, setError] = useState(notice);
  const [missing, setMissing] = useState<{ email?: boolean; password?: boolean }>({});
  const [isWorking, setWorking] = useState(false);
  /** What was right: from now on the code is asked for. */
  const [login, setLogin] = useState<Login>();
  const form = useRef<HTMLFormElement>(null);
  const isReady = useReady();

  const hear = (outcome: PasskeyOutcome) => {
    if (outcome.kind === "signed_in") location.assign(next);
    else if (outcome.kind === "refused") setError(outcome.detail);
    else if (outcome.kind === "failed") setError(texts.passkeyFailed);
  };
  const passkey = usePasskey(realm === "merchant", hear);
  const askForPasskey = async () => {
    setWorking(true);
    setError(undefined);
    const outcome = await passkey.ask();
    if (outcome.kind !== "signed_in") setWorking(false);
    hear(outcome);
  };

  const enter = async (given: Login & { code?: string }) => {
    setWorking(true);
    setError(undefined);
    const result = await signIn(realm, { ...given, redirect: false }).catch(() => undefined);
    if (result?.ok && !result.error) {
      location.assign(next);
      return;
    }
    setWorking(false);
    if (result?.error === "code_wanted") setLogin(given);
    else setError(problemOf(result?.error, texts));
  };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const email = String(data.get("email") ?? "").trim();
    const password = String(data.get("password") ?? "");
    setMissing({ email: !email, password: !password });
    setError(undefined);
    if (!email || !password) {
      form.current?.querySelector<HTMLInputElement>(email ? "#password" : "#email")?.focus();
      return;
    }
    await enter({ email, password });
    form.current?.querySelector<HTMLInputElement>("#password")?.select();
  };

  if (login) {
    return (
      <CodeForm
        texts={texts}
        error={error}
        isWorking={isWorking}
        onCode={(code) => enter({ ...login, code })}
        onBack={() => {
          setLogin(undefined);
          setError(undefined);
        }}
      />
    );
  }
  return (
    <form ref={form} method="post" onSubmit={submit} noValidate>
      <div role="alert">{error && <p className="notice">{error}</p>}</div>
      <Field
        name="email"
        label={texts.email}
        type="email"
        autoComplete={realm === "merchant" ? "username webauthn" : "username"}
        autoCapitalize="none"
        spellCheck={false}
        error={missing.email ? texts.emailMissing : undefined}
      />
      <Field
        name="password"
        label={texts.password}
        type="password"
        autoComplete="current-password"
        error={missing.password ? texts.passwordMissing : undefined}
      />
      <button type="submit" className="button" disabled={!isReady || isWorking}>
        {isWorking ? texts.working : texts.submit}
      </button>
      {realm === "merchant" && (
        <div className="other-ways">
          {passkey.isSupported && (
            <button type="button" className="button quiet" disabled={!isReady || isWorking} onClick={askForPasskey}>
              {texts.passkey}
            </button>
          )}
          <a className="button quiet" href={`/sign-in/sso?next=${encodeURIComponent(next)}`}>
            {texts.sso}
          </a>
        </div>
      )}
    </form>
  );
}

/** What to tell the person about a sign-in that did not go through. */
function problemOf(error: string | null | undefined, texts: SignInTexts): string {
  const wait = /^too_many_tries:(\d+)$/.exec(error ?? "")?.[1];
  if (wait) return texts.tooManyTries.replace("{minutes}", String(Math.ceil(Number(wait) / 60)));
  if (error === "sso_required") return texts.ssoRequired;
  if (error === "code_wrong") return texts.codeWrong;
  return error === "refused" ? texts.refused : texts.unreachable;
}
