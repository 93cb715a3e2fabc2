import { createPublicKey, type KeyObject, sign } from "node:crypto";

/** DER (X.690): a tag, a length, and the content. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const length = Buffer.from(content.length.toString(16).padStart(content.length > 0xff ? 4 : 2, "0"), "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
const bitString = (content: Buffer) => der(0x03, Buffer.from([0]), content);
const sha256WithRsa = sequence(oid("2a864886f70d01010b"), der(0x05));

function integer(hex: string): Buffer {
  const bytes = Buffer.from(hex, "hex");
  // A leading one bit would read as a negative number.
  return der(0x02, (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

function name(organization: string, commonName: string): Buffer {
  const attribute = (type: string, value: string) => der(0x31, sequence(oid(type), der(0x0c, Buffer.from(value))));
  return sequence(attribute("55040a", organization), attribute("550403", commonName));
}

/** UTCTime, so only for years before 2050. */
function utcTime(at: Date): Buffer {
  return der(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replaceAll(/[-T:]/g, "")}Z`));
}

/**
 * An X.509 v3 certificate (RFC 5280) of the platform's public key, in the form that merchants download.
 *
 * @param serialNo 40 hexadecimal digits
 * @returns PEM
 */
export function platformCertificate(privateKey: KeyObject, serialNo: string, from: Date, until: Date): string {
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    integer(serialNo),
    sha256WithRsa,
    name("Tenpay.com", "Tenpay.com sandbox CA"),
    sequence(utcTime(from), utcTime(until)),
    name("Tenpay.com", "Tenpay.com sign"),
    createPublicKey(privateKey).export({ type: "spki", format: "der" }),
  );
  const certificate = sequence(body, sha256WithRsa, bitString(sign("RSA-SHA256", body, privateKey)));
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
