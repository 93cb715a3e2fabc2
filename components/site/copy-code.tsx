"use client";

import { useState } from "react";
import { copyText } from "./copy-text.ts";

export function CopyCode(props: { code: string; label: string; copy: string; copied: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    if (await copyText(props.code)) setCopied(true);
  };
  return (
    <figure className="code">
      <figcaption>
        {props.label}
        <button type="button" onClick={copy}>
          {isCopied ? props.copied : props.copy}
        </button>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>{props.code}</code>
      </pre>
    </figure>
  );
}
