import { challengeContext } from "#lib/access/challenge";
import { totpContext } from "#lib/access/totp";
import { receiverContext } from "#lib/alerting/receivers/all";
import { signatureContext } from "#lib/api-keys/signing";
import { credentialsContext } from "#lib/channel-accounts/load-account";
import { platformCredentialsContext } from "#lib/channel-accounts/platform-account";
import { listSecretContext } from "#lib/lists/secret";
import { mailContext } from "#lib/mail/queue-mail";
import { applicationContext } from "#lib/onboarding/application";
import { privacyContext } from "#lib/privacy/subject";
import { fileContext } from "#lib/sealed-files/file-key";
import { secretContext as connectionContext } from "#lib/sso/connection";
import { secretContext as endpointContext } from "#lib/webhooks/secrets";

export interface SealedColumn {
  readonly table: string;
  /** The primary key, in its order: rows are walked by it. */
  readonly key: readonly string[];
  readonly column: string;
  /** What the sealed text is bound to, from the last part of the row's key. */
  readonly context: (id: string) => string;
}

/** Every column that holds sealed text; a test looks for others in the database. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: "channel_accounts", key: ["merchant_id", "id"], column: "credentials", context: credentialsContext },
  { table: "platform_channel_accounts", key: ["id"], column: "credentials", context: platformCredentialsContext },
  { table: "webhook_endpoints", key: ["merchant_id", "id"], column: "secret", context: endpointContext },
  { table: "webhook_endpoints", key: ["merchant_id", "id"], column: "previous_secret", context: endpointContext },
  { table: "api_keys", key: ["merchant_id", "id"], column: "signature_key", context: signatureContext },
  { table: "sso_connections", key: ["merchant_id"], column: "client_secret", context: connectionContext },
  { table: "sealed_files", key: ["merchant_id", "id"], column: "sealed_key", context: fileContext },
  { table: "merchant_applications", key: ["merchant_id"], column: "sealed", context: applicationContext },
  { table: "privacy_requests", key: ["merchant_id", "id"], column: "sealed_subject", context: privacyContext },
  { table: "privacy_requests", key: ["merchant_id", "id"], column: "sealed_file", context: privacyContext },
  { table: "second_factors", key: ["realm", "person_id"], column: "secret", context: totpContext },
  { table: "browser_challenges", key: ["hash"], column: "sealed", context: challengeContext },
  { table: "mails", key: ["id"], column: "sealed", context: mailContext },
  { table: "alert_receivers", key: ["id"], column: "sealed", context: receiverContext },
  { table: "list_secrets", key: ["id"], column: "sealed", context: listSecretContext },
];
