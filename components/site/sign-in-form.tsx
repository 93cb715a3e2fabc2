"use client";

import { signIn } from "next-auth/react";
import { type FormEvent, useRef, useState, useSyncExternalStore } from "react";

export interface SignInTexts {
  readonly email: string;
  readonly password: string;
  readonly submit: string;
  readonly working: string;
  readonly emailMissing: string;
  readonly passwordMissing: string;
  readonly refused: string;
  /** With `{minutes}`. */
  readonly tooManyTries: string;
  readonly unreachable: string;
}

interface Props {
  readonly realm: "merchant" | "operator";
  /** Where to go afterwards; a path of ours. */
  readonly next: string;
  readonly texts: SignInTexts;
}

const never = () => () => {};

export function SignInForm({ realm, next, texts }: Props) {
  const [error, setError] = useState<string>();
  const [missing, setMissing] = useState<{ email?: boolean; password?: boolean }>({});
  const [isWorking, setWorking] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // Before React has taken over, pressing the button would send the form the plain way, to nowhere.
  const isReady = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

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
    setWorking(true);
    const problem = await problemOf(signIn(realm, { email, password, redirect: false }), texts);
    if (problem === undefined) {
      location.assign(next);
      return;
    }
    setWorking(false);
    setError(problem);
    form.current?.querySelector<HTMLInputElement>("#password")?.select();
  };

  return (
    <form ref={form} method="post" onSubmit={submit} noValidate>
      <div role="alert">{error && <p className="notice">{error}</p>}</div>
      <div className="field">
        <label htmlFor="email">{texts.email}</label>
        <input
          id="email"
          name="email"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={missing.email}
          aria-describedby={missing.email ? "email-error" : undefined}
        />
        {missing.email && (
          <span className="field-error" id="email-error">
            {texts.emailMissing}
          </span>
        )}
      </div>
      <div className="field">
        <label htmlFor="password">{texts.password}</label>
        <input
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          aria-invalid={missing.password}
          aria-describedby={missing.password ? "password-error" : undefined}
        />
        {missing.password && (
          <span className="field-error" id="password-error">
            {texts.passwordMissing}
          </span>
        )}
      </div>
      <button type="submit" className="button" disabled={!isReady || isWorking}>
        {isWorking ? texts.working : texts.submit}
      </button>
    </form>
  );
}

/** What to tell the person, or undefined when the sign-in went through. */
async function problemOf(
  answer: Promise<{ error?: string | null; ok?: boolean } | undefined>,
  texts: SignInTexts,
): Promise<string | undefined> {
  const result = await answer.catch(() => undefined);
  if (!result) return texts.unreachable;
  if (!result.error) return result.ok ? undefined : texts.unreachable;
  const wait = /^too_many_tries:(\d+)$/.exec(result.error)?.[1];
  if (wait) return texts.tooManyTries.replace("{minutes}", String(Math.ceil(Number(wait) / 60)));
  return result.error === "refused" ? texts.refused : texts.unreachable;
}
