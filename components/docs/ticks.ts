const name = "docs.go-live";
const listeners = new Set<() => void>();
/** In the place of the storage where the browser refuses one. */
let memory = "";

/** The ids of the ticked items, separated by spaces. */
export function readTicks(): string {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return memory;
  }
}

function keep(ids: readonly string[]): void {
  memory = ids.join(" ");
  try {
    if (memory === "") localStorage.removeItem(name);
    else localStorage.setItem(name, memory);
  } catch {
    // Kept until the page is left.
  }
  for (const listener of listeners) listener();
}

export function writeTick(id: string, isDone: boolean): void {
  const others = readTicks()
    .split(" ")
    .filter((each) => each !== "" && each !== id);
  keep(isDone ? [...others, id] : others);
}

export function forgetTicks(): void {
  keep([]);
}

/** Hears of changes here and in the reader's other tabs. */
export function subscribeTicks(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}
