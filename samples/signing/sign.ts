import { createHash, createHmac, createPrivateKey, randomBytes, sign } from "node:crypto";

/** How your key signs: the shared secret in base64, or your own ed25519 private key as PEM. */
export type Signer = { keyId: string; secret: string } | { keyId: string; privateKey: string };

/** Headers that sign one request by RFC 9421. Make them anew for each try: a nonce is taken once. */
export function signatureHeaders(signer: Signer, method: string, url: string, body = ""): Record<string, string> {
  const digest = `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
  const covered: [string, string][] = [
    ["@method", method],
    ["@target-uri", url],
    ...(body ? [["content-digest", digest] as [string, string]] : []),
  ];
  const names = covered.map(([name]) => `"${name}"`).join(" ");
  const created = Math.floor(Date.now() / 1000);
  const nonce = randomBytes(16).toString("hex");
  const parameters = `(${names});created=${created};keyid="${signer.keyId}";nonce="${nonce}"`;

  const lines = [...covered.map(([name, value]) => `"${name}": ${value}`), `"@signature-params": ${parameters}`];
  const base = lines.join("\n");
  const signature =
    "secret" in signer
      ? createHmac("sha256", Buffer.from(signer.secret, "base64")).update(base).digest()
      : sign(null, Buffer.from(base), createPrivateKey(signer.privateKey));
  return {
    ...(body && { "content-digest": digest }),
    "signature-input": `sig1=${parameters}`,
    signature: `sig1=:${signature.toString("base64")}:`,
  };
}
