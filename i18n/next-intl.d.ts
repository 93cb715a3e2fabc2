import type { Messages } from "./messages.ts";

declare module "next-intl" {
  /** Lets the compiler know every text that a page may ask for. */
  interface AppConfig {
    Messages: Messages;
  }
}
