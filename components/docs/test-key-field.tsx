"use client";

import { useState } from "react";
import { useTabValue } from "./tab-value.ts";
import type { DocsTexts } from "./texts.ts";
import styles from "./try.module.css";

const testKey = /^sk_test_\w+$/;

export const useTestKey = () => useTabValue("docs.test-key");

/** Takes a test key and nothing else: a live key is neither kept nor left on the screen. */
export function TestKeyField({ texts }: { texts: DocsTexts["try"] }) {
  const [key, setKey] = useTestKey();
  const [typed, setTyped] = useState<string>();
  const [fault, setFault] = useState<string>();

  const change = (text: string) => {
    const value = text.trim();
    const isLive = value.startsWith("sk_live_");
    setTyped(isLive ? "" : text);
    setKey(testKey.test(value) ? value : "");
    setFault(isLive ? texts.keyLive : undefined);
  };
  const leave = () => {
    const value = (typed ?? key).trim();
    if (value !== "" && !testKey.test(value)) setFault(texts.keyWrong);
  };

  return (
    <div className={styles.field}>
      <label htmlFor="test-key">{texts.key}</label>
      <input
        id="test-key"
        type="text"
        value={typed ?? key}
        placeholder="sk_test_…"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        data-1p-ignore
        aria-invalid={fault !== undefined}
        aria-describedby="test-key-hint test-key-fault"
        onChange={(event) => change(event.target.value)}
        onBlur={leave}
      />
      <p className={styles.hint} id="test-key-hint">
        {texts.keyHint}
      </p>
      <p className={styles.fault} id="test-key-fault" role="alert">
        {fault}
      </p>
    </div>
  );
}
