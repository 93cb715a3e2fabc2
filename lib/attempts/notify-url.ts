import { env } from "#lib/kernel/env";

/** Where providers report to about payments and refunds of one channel account. */
export function notifyUrl(channelAccountId: string): string {
  return `${env.publicUrl}/notify/${channelAccountId}`;
}
