"use client";

import { type FormEvent, useState } from "react";
import { passwordProblem } from "#lib/access/password-rules";
import type { Realm } from "#lib/access/sign-in";
import type { Messages } from "../../i18n/messages.ts";
import { Field } from "./field.tsx";
import { MailSent } from "./mail-sent.tsx";
import { PasswordField } from "./password-field.tsx";
import { postJson } from "./post-json.ts";
import { useReady } from "./use-ready.ts";

/** Asks for the link. */
export function ResetRequestForm(props: { texts: Messages["signIn"]; hasMailbox: boolean }) {
  const { reset, form, signUp } = props.texts;
  const [error, setError] = useState<string>();
  const [isWorking, setWorking] = useState(false);
  const [sentTo, setSentTo] = useState<string>();
  const isReady = useReady();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get("email") ?? "").trim();
    if (!email) return setError(form.emailMissing);
    setWorking(true);
    const posted = await postJson("/v1/password_resets", { email });
    setWorking(false);
    if (posted.kind === "ok") return setSentTo(email);
    return setError(posted.kind === "refused" ? posted.detail : form.unreachable);
  };
  if (sentTo) return <MailSent texts={signUp} text={reset.sentText} email={sentTo} hasMailbox={props.hasMailbox} />;
  return (
    <form method="post" onSubmit={submit} noValidate>
      <Field
        name="email"
        label={form.email}
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        error={error}
      />
      <button type="submit" className="button" disabled={!isReady || isWorking}>
        {isWorking ? reset.working : reset.submit}
      </button>
    </form>
  );
}

const confirmPaths: Record<Realm, string> = {
  merchant: "/v1/password_resets/confirm",
  operator: "/v1/operator_passwords/confirm",
};

/** Chooses the new password. */
export function NewPasswordForm(props: { token: string; texts: Messages["signIn"]; realm?: Realm }) {
  const { token, texts, realm = "merchant" } = props;
  const { reset, form, signUp } = texts;
  const [password, setPassword] = useState("");
  const [isChecked, setChecked] = useState(false);
  const [problem, setProblem] = useState<{ code: string; detail: string }>();
  const [isWorking, setWorking] = useState(false);
  const [isDone, setDone] = useState(false);
  const isReady = useReady();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setChecked(true);
    if (passwordProblem(password)) return;
    setWorking(true);
    const posted = await postJson(confirmPaths[realm], { token, password });
    setWorking(false);
    if (posted.kind === "ok") setDone(true);
    else setProblem(posted.kind === "refused" ? posted : { code: "", detail: form.unreachable });
  };
  if (isDone) {
    return (
      <div className="mail-sent" role="status">
        <h2>{reset.doneTitle}</h2>
        <p>{reset.doneText}</p>
        <p>
          <a className="button" href={realm === "operator" ? "/console/sign-in" : "/sign-in"}>
            {signUp.signIn}
          </a>
        </p>
      </div>
    );
  }
  return (
    <form method="post" onSubmit={submit} noValidate>
      <div role="alert">
        {problem && (
          <p className="notice">
            {problem.detail}{" "}
            {problem.code === "link_invalid" && realm === "merchant" && <a href="/reset-password">{reset.again}</a>}
          </p>
        )}
      </div>
      <PasswordField
        label={reset.password}
        texts={signUp}
        value={password}
        onChange={setPassword}
        personal={[]}
        isChecked={isChecked}
      />
      <button type="submit" className="button" disabled={!isReady || isWorking}>
        {isWorking ? reset.working : reset.confirm}
      </button>
    </form>
  );
}
