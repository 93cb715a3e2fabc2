import { createServer, type Server } from "node:net";

/** A mail server that takes everything, or refuses every recipient, and keeps what it took. */
export interface MailCatcher {
  readonly url: string;
  /** The messages as they came over the wire. */
  readonly messages: readonly string[];
  refuse(isRefusing: boolean): void;
  end(): Promise<void>;
}

export async function catchMail(): Promise<MailCatcher> {
  const messages: string[] = [];
  let isRefusing = false;
  const server: Server = createServer((socket) => {
    let rest = "";
    let isData = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    say("220 ready");
    socket.on("data", (bytes) => {
      rest += bytes.toString("utf8");
      for (let end = rest.indexOf(isData ? "\r\n.\r\n" : "\r\n"); end >= 0; ) {
        const text = rest.slice(0, end);
        rest = rest.slice(end + (isData ? 5 : 2));
        if (isData) {
          messages.push(text);
          isData = false;
          say("250 taken");
        } else if (/^DATA/i.test(text)) {
          isData = true;
          say("354 go on");
        } else if (/^QUIT/i.test(text)) {
          socket.end("221 bye\r\n");
        } else {
          say(isRefusing && /^RCPT/i.test(text) ? "451 later" : "250 ok");
        }
        end = rest.indexOf(isData ? "\r\n.\r\n" : "\r\n");
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    messages,
    refuse(now) {
      isRefusing = now;
    },
    end: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
