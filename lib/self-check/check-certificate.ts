import { connect } from "node:tls";
import type { Finding } from "./find-problems.ts";

const timeoutMs = 3_000;
const dayMs = 24 * 3_600_000;
const warnDays = 14;

export interface CertificateEnd {
  readonly host: string;
  readonly at: Date;
}

/** When the certificate of the public address ends; undefined without TLS, or where it can't be reached from here. */
export async function certificateEnd(publicUrl: string | undefined): Promise<CertificateEnd | undefined> {
  const url = publicUrl ? new URL(publicUrl) : undefined;
  if (url?.protocol !== "https:") return undefined;
  const host = url.hostname;
  return new Promise((resolve) => {
    // What has ended is to be told, not refused.
    const socket = connect({ host, port: Number(url.port || 443), servername: host, rejectUnauthorized: false }, () => {
      const { valid_to: end } = socket.getPeerCertificate();
      socket.destroy();
      resolve(end ? { host, at: new Date(end) } : undefined);
    });
    socket.setTimeout(timeoutMs, () => socket.destroy());
    socket.once("error", () => resolve(undefined));
    socket.once("close", () => resolve(undefined));
  });
}

export function checkCertificate(end: CertificateEnd | undefined, now: Date): Finding[] {
  if (!end) return [];
  const days = Math.floor((end.at.getTime() - now.getTime()) / dayMs);
  const values = { host: end.host, days };
  if (days < 0) return [{ severity: "error", code: "certificate_ended", values: { host: end.host } }];
  return days <= warnDays ? [{ severity: "warning", code: "certificate_ending", values }] : [];
}
