"use client";

import { useEffect } from "react";

/** Sends a signed-out visitor to the sign-in, with the address to come back to. */
export function ToSignIn({ text, at = "/sign-in" }: { text: string; at?: "/sign-in" | "/console/sign-in" }) {
  useEffect(() => {
    location.replace(`${at}?next=${encodeURIComponent(location.pathname + location.search)}`);
  }, [at]);
  return <a href={at}>{text}</a>;
}
