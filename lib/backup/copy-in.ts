import { once } from "node:events";
import type { Connection, Submittable } from "pg";

/** What the driver has and its types leave out. */
interface CopyConnection extends Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

/** `copy … from stdin` over a pg client: sends a stream as fast as the server takes it. */
export class CopyIn implements Submittable {
  /** Rows that the server has taken; rejected with the server's or the source's error. */
  readonly rows: Promise<number>;
  readonly #statement: string;
  readonly #source: AsyncIterable<Buffer>;
  #resolve: (rows: number) => void = () => {};
  #reject: (error: unknown) => void = () => {};
  #count = 0;
  #failure: unknown;

  constructor(statement: string, source: AsyncIterable<Buffer>) {
    this.#statement = statement;
    this.#source = source;
    this.rows = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: Connection): void {
    connection.query(this.#statement);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    this.#send(connection).then(
      () => connection.endCopyFrom(),
      (error: unknown) => {
        this.#failure ??= error;
        connection.sendCopyFail("the file could not be read");
      },
    );
  }

  async #send(connection: CopyConnection): Promise<void> {
    for await (const chunk of this.#source) {
      if (this.#failure) return;
      connection.sendCopyFromChunk(chunk);
      if (connection.stream.writableNeedDrain) await once(connection.stream, "drain");
    }
  }

  handleCommandComplete(message: { readonly text: string }): void {
    this.#count = Number(/^COPY (\d+)$/.exec(message.text)?.[1] ?? 0);
  }

  handleError(error: unknown): void {
    this.#failure ??= error;
    this.#reject(this.#failure);
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#count);
  }
}
