import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import type { Assertion, Registration } from "./schemas.ts";

const present = 0x01;
const verified = 0x04;
const hasCredential = 0x40;

interface Ceremony {
  readonly challenge: string;
  readonly origin: string;
  readonly isVerified?: boolean;
}

const base64url = (bytes: Uint8Array | string) => Buffer.from(bytes).toString("base64url");

/** An authenticator in software: a P-256 key that signs as WebAuthn level 2 §6 says, and counts its uses. */
export class Authenticator {
  readonly id = base64url(randomBytes(16));
  counter = 0;
  readonly #keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  #userHandle = "";
  #rpId = "";

  create(options: { rp: { id?: string }; user: { id: string } }, ceremony: Ceremony): Registration {
    this.#rpId = options.rp.id ?? "";
    this.#userHandle = options.user.id;
    const id = Buffer.from(this.id, "base64url");
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, id, isoCBOR.encode(coseKey(this.#keys.publicKey))]);
    const authData = Buffer.concat([this.#header(ceremony, hasCredential), attested]);
    const attestation = isoCBOR.encode(
      new Map<string, string | Uint8Array | Map<string, never>>([
        ["fmt", "none"],
        ["attStmt", new Map<string, never>()],
        ["authData", new Uint8Array(authData)],
      ]),
    );
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key",
      response: {
        clientDataJSON: clientData("webauthn.create", ceremony),
        attestationObject: base64url(attestation),
        transports: ["internal"],
      },
      clientExtensionResults: {},
    };
  }

  get(ceremony: Ceremony): Assertion {
    this.counter += 1;
    const authData = this.#header(ceremony, 0);
    const clientDataJSON = clientData("webauthn.get", ceremony);
    const signed = Buffer.concat([
      authData,
      createHash("sha256").update(Buffer.from(clientDataJSON, "base64url")).digest(),
    ]);
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key",
      response: {
        clientDataJSON,
        authenticatorData: base64url(authData),
        signature: base64url(sign("sha256", signed, this.#keys.privateKey)),
        userHandle: this.#userHandle,
      },
      clientExtensionResults: {},
    };
  }

  #header(ceremony: Ceremony, more: number): Buffer {
    const tail = Buffer.alloc(5);
    tail[0] = present | (ceremony.isVerified === false ? 0 : verified) | more;
    tail.writeUInt32BE(this.counter, 1);
    return Buffer.concat([createHash("sha256").update(this.#rpId).digest(), tail]);
  }
}

function clientData(type: string, { challenge, origin }: Ceremony): string {
  return base64url(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

/** RFC 9053 §7.1.1: an EC2 key for ES256. */
function coseKey(key: KeyObject): Map<number, number | Uint8Array> {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  return new Map<number, number | Uint8Array>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, new Uint8Array(Buffer.from(x, "base64url"))],
    [-3, new Uint8Array(Buffer.from(y, "base64url"))],
  ]);
}
