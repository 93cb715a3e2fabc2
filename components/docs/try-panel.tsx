"use client";

import { type FormEvent, useEffect, useState } from "react";
import { CopyCode } from "#components/site/copy-code";
import { curlOf } from "./curl.ts";
import { freshDraft, newToken } from "./draft.ts";
import { knownIds, rememberIds } from "./id-memory.ts";
import type { Operation } from "./operations.ts";
import { bodyFault, type Draft, missingParameters, requestOf, takesIdempotencyKey } from "./request.ts";
import { type Answered, sendRequest } from "./send-request.ts";
import { TestKeyField, useTestKey } from "./test-key-field.tsx";
import { type DocsTexts, fill } from "./texts.ts";
import styles from "./try.module.css";
import { TryAnswer } from "./try-answer.tsx";
import { TryFields } from "./try-fields.tsx";

interface Props {
  readonly operation: Operation;
  /** The body to begin with; undefined where none is needed. */
  readonly example: unknown;
  /** Where the product is reached from outside, for the command. */
  readonly publicUrl: string;
  readonly locale: string;
  readonly texts: DocsTexts["try"];
  readonly copy: { readonly copy: string; readonly copied: string };
}

export function TryPanel({ operation, example, publicUrl, locale, texts, copy }: Props) {
  const [key] = useTestKey();
  const [draft, setDraft] = useState<Draft>(() => freshDraft(operation, example, {}, "0001", new Date(0)));
  const [isReady, setReady] = useState(false);
  const [usedKey, setUsedKey] = useState<string>();
  const [fault, setFault] = useState<string>();
  const [isSending, setSending] = useState(false);
  const [answered, setAnswered] = useState<Answered>();

  const startAfresh = () => {
    const now = new Date();
    setDraft(freshDraft(operation, example, knownIds(), newToken(now), now));
    setFault(undefined);
  };
  // Random numbers and remembered ids exist in the browser only: the server's page has to come first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once; later changes are the reader's
  useEffect(() => {
    startAfresh();
    setReady(true);
  }, []);

  const change = (part: Partial<Draft>) => {
    setFault(undefined);
    setDraft((before) => {
      // Another request under a key that was used is refused, which is right and no help to someone who tries things.
      const isSpent = before.idempotencyKey === usedKey && part.idempotencyKey === undefined;
      return { ...before, ...(isSpent && { idempotencyKey: `try-${newToken(new Date())}` }), ...part };
    });
  };

  const wrong = bodyFault(draft.body);
  const bodyProblem = wrong && (wrong === "not_json" ? texts.notJson : texts.notObject);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const missing = missingParameters(operation, draft);
    if (key === "") setFault(texts.keyMissing);
    else if (missing.length > 0) setFault(fill(texts.missing, { names: missing.join(", ") }));
    else if (bodyProblem) setFault(bodyProblem);
    else {
      setFault(undefined);
      setSending(true);
      const result = await sendRequest(requestOf(operation, draft, location.origin, key), locale);
      setSending(false);
      setAnswered(result);
      setUsedKey(draft.idempotencyKey);
      if (!result) setFault(takesIdempotencyKey(operation) ? texts.unreachable : texts.unreachableRead);
      else if (result.status < 400) rememberIds(result.json);
    }
  };

  const command = curlOf(requestOf(operation, draft, publicUrl, key || "$TEST_KEY"));
  return (
    <section className={styles.panel} id="try" aria-labelledby="try-title">
      <h2 id="try-title">{texts.title}</h2>
      <form onSubmit={submit} noValidate>
        <TestKeyField texts={texts} />
        <TryFields
          operation={operation}
          draft={draft}
          texts={texts}
          bodyFault={bodyProblem}
          onChange={change}
          onAfresh={startAfresh}
        />
        <button type="submit" className="button" disabled={!isReady || isSending}>
          {isSending ? texts.sending : texts.send}
        </button>
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      </form>
      <div aria-live="polite">{answered && <TryAnswer answered={answered} texts={texts} copy={copy} />}</div>
      <CopyCode key={command} code={command} label={texts.curl} copy={copy.copy} copied={copy.copied} />
    </section>
  );
}
