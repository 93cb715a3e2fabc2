import { useCallback, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
/** In the place of the storage where the browser refuses one. */
const memory = new Map<string, string>();

export function readTabValue(name: string): string {
  try {
    return sessionStorage.getItem(name) ?? "";
  } catch {
    return memory.get(name) ?? "";
  }
}

export function writeTabValue(name: string, value: string): void {
  try {
    if (value === "") sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, value);
  } catch {
    memory.set(name, value);
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A text that lives as long as the browser's tab, and nowhere else; empty on the server and when it was never set. */
export function useTabValue(name: string): [string, (value: string) => void] {
  const value = useSyncExternalStore(
    subscribe,
    () => readTabValue(name),
    () => "",
  );
  const set = useCallback((next: string) => writeTabValue(name, next), [name]);
  return [value, set];
}
