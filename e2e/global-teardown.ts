import { rmSync } from "node:fs";

/** The file holds keys; nobody needs them after the run. */
export default function globalTeardown(): void {
  if (process.env.E2E_STATE) rmSync(process.env.E2E_STATE, { force: true });
}
