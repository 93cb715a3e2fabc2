"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useSession } from "../session.tsx";
import { hrefOf, navigation } from "../shell/navigation.ts";

/** After a g, this long is waited for the letter. */
const patienceMs = 1_500;

/** Ctrl-K and the single keys. Those keep quiet while the reader types, or while a dialog is open. */
export function useShortcuts(on: { search: () => void; help: () => void }): void {
  const router = useRouter();
  const { can } = useSession();
  const begunAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey) {
        event.preventDefault();
        on.search();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isDialogOpen()) return;
      const isSecond = event.timeStamp - begunAt.current < patienceMs;
      begunAt.current = Number.NEGATIVE_INFINITY;
      if (isSecond) {
        const entry = navigation
          .flatMap(({ entries }) => [...entries])
          .find((one) => "letter" in one && one.letter === event.key && can(one.permission));
        if (entry) router.push(hrefOf(entry.key));
      } else if (event.key === "g") begunAt.current = event.timeStamp;
      else if (event.key === "?") on.help();
      else if (event.key === "/") focusFilter(event);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [on, router, can]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && Boolean(target.closest("input, textarea, select, [contenteditable=true]"));
}

function isDialogOpen(): boolean {
  return document.querySelector("[role=dialog][aria-modal=true]") !== null;
}

/** To the first field of a list's filters. */
function focusFilter(event: KeyboardEvent): void {
  const field = document.querySelector<HTMLInputElement>("search input");
  if (!field) return;
  event.preventDefault();
  field.focus();
}
