"use client";

import { signOut } from "next-auth/react";

export function SignOutButton({ to, text }: { to: string; text: string }) {
  return (
    <button type="button" className="button quiet" onClick={() => void signOut({ callbackUrl: to })}>
      {text}
    </button>
  );
}
