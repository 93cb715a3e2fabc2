/**
 * A bounded cache of answers that may be a few seconds old. A value that is being fetched is fetched once, however many
 * ask. Failures are not kept.
 */
export class TimedCache<V> {
  readonly #entries = new Map<string, { value: Promise<V>; until: number }>();
  readonly #ttlMs: number;
  readonly #max: number;

  constructor(options: { ttlMs: number; max: number }) {
    this.#ttlMs = options.ttlMs;
    this.#max = options.max;
  }

  get(key: string, fetch: () => Promise<V>): Promise<V> {
    const nowMs = performance.now();
    const entry = this.#entries.get(key);
    if (entry && entry.until > nowMs) return entry.value;
    const value = fetch();
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: nowMs + this.#ttlMs });
    value.catch(() => {
      if (this.#entries.get(key)?.value === value) this.#entries.delete(key);
    });
    if (this.#entries.size > this.#max) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    return value;
  }

  forget(key: string): void {
    this.#entries.delete(key);
  }
}
