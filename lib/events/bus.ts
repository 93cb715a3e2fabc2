import { EventEmitter } from "node:events";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { appDatabase, type Tx } from "#db/tenancy";
import { env } from "#lib/kernel/env";
import { processWide } from "#lib/kernel/globals";
import { log } from "#lib/kernel/log";

/** The PostgreSQL channel over which processes tell each other which orders changed. */
const changeChannel = "globalpaylink_order_changed";

/** Names a process, so that it does not hear its own news twice. */
const processId = processWide("process-id", () => crypto.randomUUID());

const bus = processWide("order-bus", () => {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  return emitter;
});

const outbox = processWide("order-bus-outbox", () => ({ ids: new Set<string>(), timer: false }));

/**
 * Tells everybody who watches the order, in this process and the others, once the transaction has committed. News may
 * be lost when the process dies in between: watchers poll as well. Sent in batches outside of the transaction, because
 * a NOTIFY inside of it makes all commits of the database wait for one another.
 */
export function announceOrder(tx: Tx, orderId: string): void {
  tx.afterCommit(() => {
    bus.emit(orderId);
    outbox.ids.add(orderId);
    if (outbox.timer) return;
    outbox.timer = true;
    setTimeout(flush, 25).unref();
  });
}

function flush(): void {
  outbox.timer = false;
  const ids = [...outbox.ids].slice(0, 150);
  for (const id of ids) outbox.ids.delete(id);
  if (outbox.ids.size > 0) {
    outbox.timer = true;
    setTimeout(flush, 5).unref();
  }
  appDatabase()
    .execute(sql`select pg_notify(${changeChannel}, ${JSON.stringify({ from: processId, ids })})`)
    .then(undefined, (error: unknown) => log.warn({ err: error }, "order news not sent to other processes"));
}

/** Begins to hear what other processes announce: with the first watcher, because a worker has none. */
function listen(): void {
  processWide("order-bus-listener", () => {
    const listener = postgres(env.appDatabaseUrl, {
      max: 1,
      onnotice: () => {},
      connection: { application_name: "globalpaylink-news" },
    });
    listener
      .listen(changeChannel, hear)
      .then(undefined, (error: unknown) => log.warn({ err: error }, "news of other processes not heard"));
    return listener;
  });
}

function hear(payload: string): void {
  const news = JSON.parse(payload) as { from: string; ids: string[] };
  if (news.from === processId) return;
  for (const id of news.ids) bus.emit(id);
}

/** Calls back on each change of the order until the returned function is called. */
export function watchOrder(orderId: string, onChange: () => void): () => void {
  listen();
  bus.on(orderId, onChange);
  return () => bus.off(orderId, onChange);
}
