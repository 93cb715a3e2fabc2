import type { ChildProcess } from "node:child_process";
import { EventEmitter } from "node:events";
import { expect, it } from "vitest";
import { tellDemoProgress } from "./demo-progress.ts";

it("tells of every fifth of the demo data once, and of nothing else that the server says", () => {
  const server = new EventEmitter();
  const said: string[] = [];
  tellDemoProgress(server as unknown as ChildProcess, (text) => said.push(text));
  for (const message of ["listening", null, { demoPercent: "50" }]) server.emit("message", message);
  for (let percent = 0; percent <= 100; percent++) server.emit("message", { demoPercent: percent });
  expect(said.map((text) => /(\d+) %|ready/.exec(text)?.[0])).toEqual(["20 %", "40 %", "60 %", "80 %", "ready"]);
});
