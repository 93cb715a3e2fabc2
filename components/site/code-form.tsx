"use client";

import { type FormEvent, useState } from "react";
import type { Messages } from "../../i18n/messages.ts";
import { Field } from "./field.tsx";

interface Props {
  readonly texts: Messages["signIn"]["form"];
  readonly error: string | undefined;
  readonly isWorking: boolean;
  readonly onCode: (code: string) => Promise<void>;
  readonly onBack: () => void;
}

/** The second step: the authenticator's code or a recovery code. */
export function CodeForm({ texts, error, isWorking, onCode, onBack }: Props) {
  const [isMissing, setMissing] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const code = String(new FormData(form).get("code") ?? "").trim();
    setMissing(!code);
    if (code) await onCode(code);
    form.querySelector<HTMLInputElement>("#code")?.select();
  };
  return (
    <form method="post" onSubmit={submit} noValidate>
      <div role="alert">{error && <p className="notice">{error}</p>}</div>
      <Field
        name="code"
        label={texts.code}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
        ref={(input) => input?.focus()}
        error={isMissing ? texts.codeMissing : undefined}
        help={texts.codeHelp}
      />
      <button type="submit" className="button" disabled={isWorking}>
        {isWorking ? texts.working : texts.submit}
      </button>
      <button type="button" className="button quiet" onClick={onBack}>
        {texts.back}
      </button>
    </form>
  );
}
