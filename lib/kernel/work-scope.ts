import { AsyncLocalStorage } from "node:async_hooks";
import { processWide } from "./globals.ts";

/** What is being worked at: stands in every log line that is written meanwhile, however deep below. */
export interface WorkScope {
  readonly requestId: string;
  /** The job's name, where no request is being answered. */
  readonly job?: string;
}

const storage = processWide("work-scope", () => new AsyncLocalStorage<WorkScope>());

export function inWorkScope<T>(scope: WorkScope, work: () => T): T {
  return storage.run(scope, work);
}

export function workScope(): WorkScope | undefined {
  return storage.getStore();
}
