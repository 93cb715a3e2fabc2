import type { Merchant } from "./merchant.ts";
import type { Subject } from "./subjects.ts";

/** One guarantee that every adapter has to keep against its provider, shown by doing it. */
export interface ConformanceCase {
  /** Stands in the capability matrix. */
  readonly title: string;
  /** Undefined: for every channel. */
  readonly appliesTo?: (subject: Subject) => boolean;
  readonly run: (merchant: Merchant) => Promise<void>;
}
