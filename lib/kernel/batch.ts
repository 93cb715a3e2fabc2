import { log } from "./log.ts";

export interface BatchOptions<T> {
  readonly everyMs: number;
  /** More wait in vain: what comes on top is dropped and counted. */
  readonly most: number;
  readonly write: (items: T[]) => Promise<unknown>;
  /** For the log. */
  readonly name: string;
}

/**
 * Collects what may be lost in a crash, and writes it together, out of the way of whoever brings it. One write at a time:
 * a slow database makes batches larger, not more.
 */
export class Batch<T> {
  #waiting: T[] = [];
  #writing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #dropped = 0;
  readonly #options: BatchOptions<T>;

  constructor(options: BatchOptions<T>) {
    this.#options = options;
  }

  push(item: T): void {
    if (this.#waiting.length >= this.#options.most) {
      this.#dropped += 1;
      return;
    }
    this.#waiting.push(item);
    this.#timer ??= setTimeout(() => void this.flush(), this.#options.everyMs).unref();
  }

  /** Writes what waits, and what came while an earlier write was under way. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#writing) await this.#writing;
    if (this.#waiting.length === 0) return;
    const items = this.#waiting;
    this.#waiting = [];
    this.#writing = this.#write(items);
    await this.#writing;
  }

  async #write(items: T[]): Promise<void> {
    const { name, write } = this.#options;
    try {
      await write(items);
      if (this.#dropped > 0) log.warn({ batch: name, dropped: this.#dropped }, "more came than could be written");
      this.#dropped = 0;
    } catch (error) {
      log.error({ err: error, batch: name, lost: items.length }, "batch not written");
    } finally {
      this.#writing = undefined;
    }
  }
}
