import type { Step } from "../measure.ts";
import type { BenchOptions } from "../options.ts";
import type { Receiver } from "../receiver.ts";
import type { RunningParts } from "../servers.ts";
import type { World } from "../world.ts";

/** Who sends what where. */
export interface Stage {
  readonly options: BenchOptions;
  readonly baseUrl: string;
  /** Keys of the merchants that the load is spread over. */
  readonly keys: readonly string[];
  /** Where the wallets of shoppers reach the providers. */
  readonly walletUrl: string;
  /** The merchants' own server. These three are undefined when a server of somebody else's is measured. */
  readonly receiver: Receiver | undefined;
  readonly world: World | undefined;
  readonly parts: RunningParts | undefined;
}

/** One line of the table: what was wanted, what came out. */
export interface Finding {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  readonly met: boolean;
}

export interface ScenarioResult {
  readonly steps: readonly Step[];
  readonly findings: readonly Finding[];
  /** Further numbers of the scenario's own. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

export function keyOf(stage: Stage, number: number): string {
  return stage.keys[number % stage.keys.length] ?? "";
}
