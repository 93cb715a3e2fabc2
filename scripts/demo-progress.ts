import type { ChildProcess } from "node:child_process";

const tellEveryPercent = 20;

/** Prints now and then how much of the demo data the server has made; nothing when there is none to make. */
export function tellDemoProgress(server: Pick<ChildProcess, "on">, say: (text: string) => void): void {
  let told = 0;
  server.on("message", (message: unknown) => {
    const percent = (message as { demoPercent?: unknown } | null)?.demoPercent;
    if (typeof percent !== "number" || percent < told + tellEveryPercent) return;
    told = percent - (percent % tellEveryPercent);
    say(
      percent >= 100
        ? "Demo data    ready: switch the merchant in the dashboard to see it"
        : `Demo data    ${percent} %`,
    );
  });
}
