import { createServer, connect as open, type Socket } from "node:net";

export interface Balancer {
  close(): Promise<void>;
}

/**
 * Hands each connection to the next web process in turn, and to the other when that one does not take it; what breaks
 * afterwards is the caller's to send again, as behind any balancer.
 */
export async function startBalancer(port: number, targets: readonly number[]): Promise<Balancer> {
  const sockets = new Set<Socket>();
  let turn = 0;
  const hand = (caller: Socket, triesLeft: number) => {
    const target = open({ host: "127.0.0.1", port: targets[turn++ % targets.length] ?? 0 });
    target.once("error", () => {
      if (triesLeft > 0 && !caller.destroyed) hand(caller, triesLeft - 1);
      else caller.destroy();
    });
    target.once("connect", () => {
      target.removeAllListeners("error");
      target.on("error", () => caller.destroy());
      caller.pipe(target).pipe(caller);
      track(target);
    });
    target.once("close", () => target.bytesRead > 0 && caller.destroy());
    caller.once("close", () => target.destroy());
  };
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  };
  const server = createServer({ noDelay: true }, (caller) => {
    caller.on("error", () => caller.destroy());
    track(caller);
    hand(caller, targets.length - 1);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
