/**
 * A bounded cache of answers that may be a few seconds old. A value that is being fetched is fetched once, however many
 * ask. Failures are not kept.
 */
export class TimedCache<V> {
  readonly #entries = new Map<string, Entry<V>>();
  readonly #ttlMs: number;
  readonly #max: number;
  /** Counts what was forgotten: a value that was read before may be the one that was meant. */
  #forgotten = 0;

  constructor(options: { ttlMs: number; max: number }) {
    this.#ttlMs = options.ttlMs;
    this.#max = options.max;
  }

  /**
   * @param isHolding the caller holds a database connection, and `fetch` uses that one: then it does not wait for another
   * caller's fetch, which may itself be waiting for a connection (all of a pool's can be held by such callers)
   */
  get(key: string, fetch: () => Promise<V>, isHolding = false): Promise<V> {
    const entry = this.#entries.get(key);
    const isFresh = entry !== undefined && entry.until > performance.now();
    if (isHolding && !(isFresh && entry.isSettled)) return this.#fetchAlone(key, fetch);
    return isFresh ? entry.value : this.#keep(key, fetch(), performance.now());
  }

  set(key: string, value: V): void {
    this.#keep(key, Promise.resolve(value), performance.now(), true);
  }

  forget(key: string): void {
    this.#forgotten += 1;
    this.#entries.delete(key);
  }

  async #fetchAlone(key: string, fetch: () => Promise<V>): Promise<V> {
    const forgotten = this.#forgotten;
    const readAt = performance.now();
    const value = await fetch();
    if (forgotten === this.#forgotten) this.#keep(key, Promise.resolve(value), readAt, true);
    return value;
  }

  #keep(key: string, value: Promise<V>, readAt: number, isSettled = false): Promise<V> {
    const entry = { value, isSettled, until: readAt + this.#ttlMs };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    value.then(
      () => {
        entry.isSettled = true;
      },
      () => {
        if (this.#entries.get(key) === entry) this.#entries.delete(key);
      },
    );
    if (this.#entries.size > this.#max) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    return value;
  }
}

interface Entry<V> {
  readonly value: Promise<V>;
  readonly until: number;
  isSettled: boolean;
}
