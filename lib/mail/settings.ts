import { env } from "#lib/kernel/env";

export interface MailServer {
  /** `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. */
  readonly url: string;
  readonly from: string;
}

export function mailServer(): MailServer | undefined {
  const url = process.env.SMTP_URL;
  if (!url) return undefined;
  return { url, from: process.env.MAIL_FROM || `GlobalPayLink <no-reply@${new URL(env.publicUrl).hostname}>` };
}

export function hasMailServer(): boolean {
  return mailServer() !== undefined;
}

/** Mail can be read in the browser: only where nothing is real. */
export function hasSandboxMailbox(): boolean {
  return env.simulatorsOn && !hasMailServer();
}
