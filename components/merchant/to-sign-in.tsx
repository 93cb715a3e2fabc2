"use client";

import { useEffect } from "react";

/** Sends a signed-out visitor to the sign-in, with the address to come back to. */
export function ToSignIn({ text }: { text: string }) {
  useEffect(() => {
    location.replace(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
  }, []);
  return <a href="/sign-in">{text}</a>;
}
