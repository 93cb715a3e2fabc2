"use client";

import { useCallback, useMemo, useSyncExternalStore } from "react";

export interface Look {
  /** Keys of the columns shown, in order; the list's own when empty. */
  readonly columns: readonly string[];
  readonly density: "comfortable" | "compact";
}

const plain: Look = { columns: [], density: "comfortable" };
const changed = "list-look-changed";

/** How a list looks in this browser: columns and density. A saved view sets both. */
export function useListLook(list: string): readonly [Look, (look: Look) => void] {
  const key = `look:${list}`;
  const subscribe = useCallback((onChange: () => void) => {
    addEventListener(changed, onChange);
    addEventListener("storage", onChange);
    return () => {
      removeEventListener(changed, onChange);
      removeEventListener("storage", onChange);
    };
  }, []);
  const text = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(key),
    () => null,
  );
  const look = useMemo(() => readLook(text), [text]);
  const setLook = useCallback(
    (next: Look) => {
      localStorage.setItem(key, JSON.stringify(next));
      dispatchEvent(new Event(changed));
    },
    [key],
  );
  return [look, setLook];
}

/** What an older version or a stranger's hand wrote counts as nothing. */
function readLook(text: string | null): Look {
  try {
    const value: Partial<Look> = JSON.parse(text ?? "{}");
    const columns = Array.isArray(value.columns) ? value.columns.filter((name) => typeof name === "string") : [];
    return { columns, density: value.density === "compact" ? "compact" : "comfortable" };
  } catch {
    return plain;
  }
}

/** The chosen columns in the chosen order; the list's own when none is chosen. */
export function chosenColumns<C extends { readonly key?: unknown }>(
  all: readonly C[],
  chosen: readonly string[],
  own: readonly string[],
): C[] {
  const names = chosen.length > 0 ? chosen : own;
  const shown = names.flatMap((name) => all.filter((column) => column.key === name));
  return shown.length > 0 ? shown : all.filter((column) => own.includes(String(column.key)));
}
