import { createPublicKey, randomBytes } from "node:crypto";
import type { Context } from "#db/tenancy";
import { checkGrant } from "#lib/access/grant";
import type { Permission } from "#lib/access/permissions";
import { difference } from "#lib/audit/difference";
import { recordAudit } from "#lib/audit/record";
import type { SignatureAlgorithm } from "#lib/http-signatures/verify";
import { InvalidParam } from "#lib/kernel/errors";
import { type ApiKey, rightsOf } from "./create-key.ts";
import { forgetApiKey } from "./find-key.ts";
import { sealSignatureSecret } from "./signing.ts";
import { changeKey, lockKey } from "./store.ts";

const secretBytes = 32;

export interface SetSigning {
  readonly algorithm: SignatureAlgorithm;
  /** For ed25519: PEM. The private key stays with the caller. */
  readonly publicKey?: string | undefined;
  /** Whether requests without a signature are refused. */
  readonly required: boolean;
}

/**
 * Sets how the requests of a key are signed. A second call puts the new public key or secret in the place of the old one.
 *
 * @param by what the caller may do: he can't touch a key that may more
 * @returns for hmac-sha256 the shared secret in base64, which is never to be had again
 * @throws NotFound, PermissionNotGrantable, InvalidParam
 */
export async function setSigning(
  ctx: Context,
  id: string,
  input: SetSigning,
  by: ReadonlySet<Permission>,
): Promise<{ row: ApiKey; secret: string | undefined }> {
  const publicKey = input.algorithm === "ed25519" ? checkPublicKey(input.publicKey) : undefined;
  if (input.algorithm === "hmac-sha256" && input.publicKey !== undefined) {
    throw new InvalidParam("public_key_invalid", "public_key");
  }
  return ctx.transaction(async (tx) => {
    const before = await lockKey(tx, id);
    checkGrant(rightsOf(before), by);
    if (before.kind === "publishable") throw new InvalidParam("publishable_key_unsigned", "id");
    const secret = publicKey ? undefined : randomBytes(secretBytes).toString("base64");
    const row = await changeKey(tx, id, {
      signatureAlgorithm: input.algorithm,
      signatureKey: secret === undefined ? publicKey : sealSignatureSecret(id, secret),
      signatureRequired: input.required,
    });
    await recordAudit(tx, "api_key.sign", id, {
      ...difference(signingOf(before), signingOf(row)),
      keyReplaced: true,
    });
    tx.afterCommit(() => forgetApiKey(row.hash));
    return { row, secret };
  });
}

/** Ends signing: signatures are looked at no more. @throws NotFound, PermissionNotGrantable */
export async function removeSigning(ctx: Context, id: string, by: ReadonlySet<Permission>): Promise<ApiKey> {
  return ctx.transaction(async (tx) => {
    const before = await lockKey(tx, id);
    checkGrant(rightsOf(before), by);
    const row = await changeKey(tx, id, { signatureAlgorithm: null, signatureKey: null, signatureRequired: false });
    await recordAudit(tx, "api_key.sign", id, difference(signingOf(before), signingOf(row)));
    tx.afterCommit(() => forgetApiKey(row.hash));
    return row;
  });
}

function signingOf({ signatureAlgorithm, signatureRequired }: ApiKey) {
  return { signatureAlgorithm, signatureRequired };
}

/** @returns the key as we would write it ourselves, so that nothing but a public key can be in it */
function checkPublicKey(pem: string | undefined): string {
  if (!pem?.includes("-----BEGIN PUBLIC KEY-----")) throw new InvalidParam("public_key_invalid", "public_key");
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType !== "ed25519") throw new TypeError(`a key of type ${key.asymmetricKeyType}`);
    return key.export({ type: "spki", format: "pem" }).toString();
  } catch {
    throw new InvalidParam("public_key_invalid", "public_key");
  }
}
