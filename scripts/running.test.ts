import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findRunning, forget, isPortFree, remember } from "./running.ts";

let folder = "";
let server: Server;
let port = 0;

const demo = {
  merchantEmail: "m@example.com",
  merchantPassword: "m",
  operatorEmail: "o@example.com",
  operatorPassword: "o",
  testKey: "sk_test_x",
  publishableKey: "pk_test_x",
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gpl-running-"));
  await mkdir(join(folder, ".data"));
  server = createServer((_request, response) => response.end("{}"));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

it("finds the run that is serving, with what it printed", async () => {
  expect(await findRunning(folder)).toBeUndefined();
  const running = { pid: process.pid, port, publicUrl: `http://localhost:${port}`, demo };
  remember(folder, running);
  expect(await findRunning(folder)).toEqual(running);
  forget(folder);
  expect(await findRunning(folder)).toBeUndefined();
});

it("does not take the note of a killed run for a run", async () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  remember(folder, { pid, port, publicUrl: "http://localhost", demo });
  expect(await findRunning(folder)).toBeUndefined();
});

it("sees that a port is taken", async () => {
  expect(await isPortFree(port)).toBe(false);
});
