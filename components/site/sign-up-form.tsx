"use client";

import { type FormEvent, useRef, useState } from "react";
import { passwordProblem } from "#lib/access/password-rules";
import type { Messages } from "../../i18n/messages.ts";
import { Field } from "./field.tsx";
import { MailSent } from "./mail-sent.tsx";
import { PasswordField } from "./password-field.tsx";
import { postJson } from "./post-json.ts";
import { useReady } from "./use-ready.ts";

interface Props {
  readonly texts: Messages["signIn"]["signUp"];
  readonly form: Messages["signIn"]["form"];
  /** Code and name, in the reader's order. */
  readonly countries: readonly { readonly code: string; readonly name: string }[];
  readonly country: string;
  /** Mail can be read in the browser. */
  readonly hasMailbox: boolean;
}

const fields = ["name", "company", "email"] as const;

export function SignUpForm({ texts, form, countries, country, hasMailbox }: Props) {
  const [password, setPassword] = useState("");
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [personal, setPersonal] = useState<readonly string[]>([]);
  const [isChecked, setChecked] = useState(false);
  const [isWorking, setWorking] = useState(false);
  const [sentTo, setSentTo] = useState<string>();
  const element = useRef<HTMLFormElement>(null);
  const isReady = useReady();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const typed = (name: string) => String(data.get(name) ?? "").trim();
    const missing = Object.fromEntries(
      fields.filter((name) => !typed(name)).map((name) => [name, texts.missing[name]]),
    );
    const words = fields.map(typed);
    setErrors(missing);
    setPersonal(words);
    setChecked(true);
    const weak = passwordProblem(password, words) ? ["password"] : [];
    const [first] = [...Object.keys(missing), ...weak];
    if (first) {
      element.current?.querySelector<HTMLInputElement>(`#${first}`)?.focus();
      return;
    }
    setWorking(true);
    const posted = await postJson("/v1/sign_ups", {
      ...Object.fromEntries([...fields, "country"].map((name) => [name, typed(name)])),
      password,
      time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    setWorking(false);
    if (posted.kind === "ok") setSentTo(typed("email"));
    else if (posted.kind === "unreachable") setErrors({ form: form.unreachable });
    else
      setErrors({
        [posted.param && posted.param in { name: 1, company: 1, email: 1 } ? posted.param : "form"]: posted.detail,
      });
  };

  if (sentTo) return <MailSent texts={texts} text={texts.sentText} email={sentTo} hasMailbox={hasMailbox} />;
  return (
    <form ref={element} method="post" onSubmit={submit} noValidate>
      <div role="alert">{errors.form && <p className="notice">{errors.form}</p>}</div>
      <Field name="name" label={texts.name} autoComplete="name" maxLength={80} error={errors.name} />
      <Field name="company" label={texts.company} autoComplete="organization" maxLength={80} error={errors.company} />
      <div className="field">
        <label htmlFor="country">{texts.country}</label>
        <select id="country" name="country" defaultValue={country} autoComplete="country">
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <Field
        name="email"
        label={form.email}
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={254}
        error={errors.email}
      />
      <PasswordField
        label={form.password}
        texts={texts}
        value={password}
        onChange={setPassword}
        personal={personal}
        isChecked={isChecked}
      />
      <button type="submit" className="button" disabled={!isReady || isWorking}>
        {isWorking ? texts.working : texts.submit}
      </button>
    </form>
  );
}
