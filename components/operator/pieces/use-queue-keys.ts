"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

interface Queue<Row> {
  readonly rows: readonly Row[];
  hrefOf(row: Row): string;
  /** What single keys do to the row that is reached. */
  readonly keys?: Readonly<Record<string, (row: Row) => unknown>>;
}

/** A work queue by keyboard: j and k go down and up, Enter opens. @returns the id of the row that is reached */
export function useQueueKeys<Row extends { readonly id: string }>({ rows, hrefOf, keys }: Queue<Row>) {
  const router = useRouter();
  const [selected, setSelected] = useState<string>();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return;
      const at = rows.findIndex((row) => row.id === selected);
      const row = rows[at];
      if (event.key === "j") setSelected(rows[Math.min(at + 1, rows.length - 1)]?.id);
      else if (event.key === "k") setSelected(rows[Math.max(at - 1, 0)]?.id);
      else if (event.key === "Enter" && row) router.push(hrefOf(row));
      else if (row) keys?.[event.key]?.(row);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [rows, selected, hrefOf, keys, router]);
  return selected;
}

/** Typing, in a dialog, or on something that has a use for the key itself. */
function isElsewhere(target: EventTarget | null): boolean {
  if (document.querySelector("[role=dialog][aria-modal=true]")) return true;
  const own = "input, textarea, select, button, a, [contenteditable=true], [role=combobox], [role=menu]";
  return target instanceof HTMLElement && Boolean(target.closest(own));
}
