"use client";

import { type FormEvent, useState } from "react";
import type { Messages } from "../../i18n/messages.ts";
import { Field } from "./field.tsx";
import { postJson } from "./post-json.ts";
import { useReady } from "./use-ready.ts";

/** Finds the company's own provider by the e-mail address and goes there. */
export function SsoForm({ texts, next }: { texts: Messages["signIn"]; next: string }) {
  const { sso, form } = texts;
  const [error, setError] = useState<string>();
  const [isWorking, setWorking] = useState(false);
  const isReady = useReady();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get("email") ?? "").trim();
    if (!email) return setError(form.emailMissing);
    setWorking(true);
    setError(undefined);
    const posted = await postJson("/v1/sign_in/sso", { email, next });
    if (posted.kind === "ok" && typeof posted.body.url === "string") return location.assign(posted.body.url);
    setWorking(false);
    return setError(posted.kind === "refused" ? posted.detail : form.unreachable);
  };
  return (
    <form method="post" onSubmit={submit} noValidate>
      <Field
        name="email"
        label={sso.email}
        type="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        error={error}
      />
      <button type="submit" className="button" disabled={!isReady || isWorking}>
        {isWorking ? sso.working : sso.submit}
      </button>
    </form>
  );
}
