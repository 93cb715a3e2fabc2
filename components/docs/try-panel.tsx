"use client";

import { useEffect, useRef } from "react";
import { CodeTabs } from "./code-tabs.tsx";
import { keyVariable } from "./curl.ts";
import type { Operation } from "./operations.ts";
import { bodyFault, requestOf, takesIdempotencyKey } from "./request.ts";
import { codeOf } from "./request-code.ts";
import { TestKeyField, useTestKey } from "./test-key-field.tsx";
import { type DocsTexts, fill } from "./texts.ts";
import styles from "./try.module.css";
import { TryAnswer } from "./try-answer.tsx";
import { TryFields } from "./try-fields.tsx";
import { type TrialFault, useTrial } from "./use-trial.ts";

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
  const { draft, isReady, isSending, fault, answered, ...trial } = useTrial(operation, example, key, locale);
  const answer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (answered) answer.current?.scrollIntoView({ block: "nearest" });
  }, [answered]);

  const wrong = bodyFault(draft.body);
  const code = codeOf(requestOf(operation, draft, publicUrl, key || keyVariable));
  return (
    <section className={styles.panel} id="try" aria-labelledby="try-title">
      <h2 id="try-title">{texts.title}</h2>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void trial.send();
        }}
      >
        <TestKeyField texts={texts} />
        <TryFields
          operation={operation}
          draft={draft}
          texts={texts}
          bodyFault={wrong && (wrong === "not_json" ? texts.notJson : texts.notObject)}
          onChange={trial.change}
          onAfresh={trial.startAfresh}
        />
        <button type="submit" className="button" disabled={!isReady || isSending}>
          {isSending ? texts.sending : texts.send}
        </button>
        <p className={styles.fault} role="alert">
          {fault && sentenceOf(fault, texts, takesIdempotencyKey(operation))}
        </p>
      </form>
      <div ref={answer} className={styles.answer}>
        <TryAnswer answered={answered} texts={texts} copy={copy} />
      </div>
      <CodeTabs tabs={code} label={texts.code} copy={copy.copy} copied={copy.copied} />
    </section>
  );
}

function sentenceOf(fault: TrialFault, texts: DocsTexts["try"], isRepeatable: boolean): string {
  switch (fault.kind) {
    case "no_key":
      return texts.keyMissing;
    case "missing":
      return fill(texts.missing, { names: fault.names.join(", ") });
    case "not_json":
      return texts.notJson;
    case "not_object":
      return texts.notObject;
    case "unanswered":
      return isRepeatable ? texts.unreachable : texts.unreachableRead;
  }
}
