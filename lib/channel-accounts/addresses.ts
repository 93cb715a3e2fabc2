import type { Channel } from "#lib/channels/channel";
import { env } from "#lib/kernel/env";

/** Which of a provider's worlds credentials belong to. */
export type Environment = "simulator" | "sandbox" | "live";

/** Where the provider is: its simulator's address comes from the environment, so that rows survive a move of ports. */
export function addressesOf(environment: Environment, channel: Channel): { baseUrl: string; browserUrl: string } {
  switch (environment) {
    case "simulator":
      return { baseUrl: `${env.simulatorUrl}/${channel.name}`, browserUrl: `${env.publicUrl}/sim/${channel.name}` };
    case "sandbox": {
      const url = channel.sandboxBaseUrl ?? channel.liveBaseUrl;
      return { baseUrl: url, browserUrl: url };
    }
    case "live":
      return { baseUrl: channel.liveBaseUrl, browserUrl: channel.liveBaseUrl };
  }
}
