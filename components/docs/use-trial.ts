import { useEffect, useState } from "react";
import { freshDraft, newToken } from "./draft.ts";
import { knownIds, rememberIds } from "./id-memory.ts";
import type { Operation } from "./operations.ts";
import { bodyFault, type Draft, missingParameters, requestOf } from "./request.ts";
import { type Answered, sendRequest } from "./send-request.ts";

/** Why a request was not sent, or what came of one that was not answered. */
export type TrialFault =
  | { readonly kind: "no_key" | "not_json" | "not_object" | "unanswered" }
  | { readonly kind: "missing"; readonly names: readonly string[] };

export interface Trial {
  readonly draft: Draft;
  /** False until the browser has taken over: before, numbers and ids are not the reader's own. */
  readonly isReady: boolean;
  readonly isSending: boolean;
  readonly fault: TrialFault | undefined;
  readonly answered: Answered | undefined;
  readonly change: (part: Partial<Draft>) => void;
  readonly startAfresh: () => void;
  readonly send: () => Promise<void>;
}

function faultOf(operation: Operation, draft: Draft, key: string): TrialFault | undefined {
  if (key === "") return { kind: "no_key" };
  const names = missingParameters(operation, draft);
  if (names.length > 0) return { kind: "missing", names };
  const wrong = bodyFault(draft.body);
  return wrong && { kind: wrong };
}

/** One reader's try of an operation: what is filled in, sent and answered. */
export function useTrial(operation: Operation, example: unknown, key: string, locale: string): Trial {
  const [draft, setDraft] = useState<Draft>(() => freshDraft(operation, example, {}, "0001", new Date(0)));
  const [isReady, setReady] = useState(false);
  const [isSending, setSending] = useState(false);
  const [spentKey, setSpentKey] = useState<string>();
  const [fault, setFault] = useState<TrialFault>();
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
      const isSpent = before.idempotencyKey === spentKey && part.idempotencyKey === undefined;
      return { ...before, ...(isSpent && { idempotencyKey: `try-${newToken(new Date())}` }), ...part };
    });
  };

  const send = async () => {
    const found = faultOf(operation, draft, key);
    setFault(found);
    if (found) return;
    setSending(true);
    const result = await sendRequest(requestOf(operation, draft, location.origin, key), locale);
    setSending(false);
    setSpentKey(draft.idempotencyKey);
    setAnswered(result);
    if (!result) setFault({ kind: "unanswered" });
    else if (result.status < 400) rememberIds(result.json);
  };

  return { draft, isReady, isSending, fault, answered, change, startAfresh, send };
}
