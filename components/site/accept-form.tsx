"use client";

import { signIn } from "next-auth/react";
import { type FormEvent, useState } from "react";
import { passwordProblem } from "#lib/access/password-rules";
import type { Messages } from "../../i18n/messages.ts";
import { Field } from "./field.tsx";
import { PasswordField } from "./password-field.tsx";
import { postJson } from "./post-json.ts";
import { keepPreference } from "./preferences.ts";
import { useReady } from "./use-ready.ts";

interface Props {
  readonly token: string;
  readonly email: string;
  readonly texts: Messages["signIn"];
  /** What stands between the visitor and the team. */
  readonly needs: "nothing" | "sign_in" | "account";
}

export function AcceptForm({ token, email, texts, needs }: Props) {
  const { invitation, signUp, form } = texts;
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [isChecked, setChecked] = useState(false);
  const [error, setError] = useState<string>();
  const [isWorking, setWorking] = useState(false);
  const isReady = useReady();
  const isNew = needs === "account";

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setChecked(true);
    if (isNew && (!name.trim() || passwordProblem(password, [email, name]))) return;
    setWorking(true);
    setError(undefined);
    const posted = await postJson("/v1/invitations/accept", {
      token,
      ...(isNew && { name: name.trim(), password }),
    });
    if (posted.kind !== "ok") {
      setWorking(false);
      setError(posted.kind === "refused" ? posted.detail : form.unreachable);
      return;
    }
    if (isNew) await signIn("merchant", { email, password, redirect: false }).catch(() => undefined);
    // Somebody with several merchants wants to see the one that was joined.
    if (typeof posted.body.merchant === "string") keepPreference("merchant", posted.body.merchant);
    location.assign("/dashboard");
  };

  if (needs === "sign_in") {
    return (
      <>
        <p className="sign-in-more">{invitation.signInFirst}</p>
        <a className="button" href={`/sign-in?next=${encodeURIComponent(`/invitations/${token}`)}`}>
          {signUp.signIn}
        </a>
      </>
    );
  }
  return (
    <form method="post" onSubmit={submit} noValidate>
      <div role="alert">{error && <p className="notice">{error}</p>}</div>
      {isNew && (
        <>
          <p>{invitation.newHelp}</p>
          <Field
            name="name"
            label={signUp.name}
            autoComplete="name"
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.target.value)}
            error={isChecked && !name.trim() ? signUp.missing.name : undefined}
          />
          <PasswordField
            label={form.password}
            texts={signUp}
            value={password}
            onChange={setPassword}
            personal={[email, name]}
            isChecked={isChecked}
          />
        </>
      )}
      <button type="submit" className="button" disabled={!isReady || isWorking}>
        {isWorking ? invitation.working : invitation.accept}
      </button>
    </form>
  );
}
