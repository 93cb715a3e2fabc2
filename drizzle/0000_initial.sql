CREATE SCHEMA "sim";
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"kind" text NOT NULL,
	"hash" text NOT NULL,
	"hint" text NOT NULL,
	"label" text NOT NULL,
	"permissions" jsonb,
	"allowed_ips" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"replaced_by" text,
	"signature_algorithm" text,
	"signature_key" text,
	"signature_required" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "api_keys_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"merchant_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_merchant_id_user_id_pk" PRIMARY KEY("merchant_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "operators" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"role" text NOT NULL,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"language" text DEFAULT 'en' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"language" text DEFAULT 'en' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alert_notices" (
	"id" text PRIMARY KEY NOT NULL,
	"alert_id" text,
	"receiver_id" text NOT NULL,
	"kind" text NOT NULL,
	"message" jsonb NOT NULL,
	"status" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"error" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "alert_receivers" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"sealed" text NOT NULL,
	"hint" text NOT NULL,
	"is_on" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alert_rules" (
	"id" text PRIMARY KEY NOT NULL,
	"metric" text NOT NULL,
	"name" text NOT NULL,
	"threshold" double precision NOT NULL,
	"window_minutes" integer NOT NULL,
	"min_sample" integer NOT NULL,
	"severity" text NOT NULL,
	"is_on" boolean DEFAULT true NOT NULL,
	"quiet_from" integer,
	"quiet_to" integer,
	"time_zone" text NOT NULL,
	"remind_minutes" integer NOT NULL,
	"receivers" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "alert_samples" (
	"rule_id" text NOT NULL,
	"subject" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"value" double precision NOT NULL,
	"cases" integer NOT NULL,
	CONSTRAINT "alert_samples_rule_id_subject_at_pk" PRIMARY KEY("rule_id","subject","at")
);
--> statement-breakpoint
CREATE TABLE "alert_silences" (
	"id" text PRIMARY KEY NOT NULL,
	"rule_id" text NOT NULL,
	"subject" text,
	"reason" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" text PRIMARY KEY NOT NULL,
	"rule_id" text NOT NULL,
	"subject" text NOT NULL,
	"about_merchant" text,
	"status" text NOT NULL,
	"severity" text NOT NULL,
	"threshold" double precision NOT NULL,
	"value" double precision NOT NULL,
	"worst" double precision NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"told_at" timestamp (3) with time zone,
	"told_resolved_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "event_cursors" (
	"merchant_id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"sequence" bigint NOT NULL,
	"counted_at" timestamp (3) with time zone NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "event_cursors_merchant_id_livemode_pk" PRIMARY KEY("merchant_id","livemode")
);
--> statement-breakpoint
CREATE TABLE "rollups" (
	"merchant_id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"currency" char(3) NOT NULL,
	"method" text NOT NULL,
	"channel" text NOT NULL,
	"country" text NOT NULL,
	"orders_created" integer DEFAULT 0 NOT NULL,
	"payments" integer DEFAULT 0 NOT NULL,
	"gross" bigint DEFAULT 0 NOT NULL,
	"fees" bigint DEFAULT 0 NOT NULL,
	"refunds" integer DEFAULT 0 NOT NULL,
	"refunded" bigint DEFAULT 0 NOT NULL,
	"fees_returned" bigint DEFAULT 0 NOT NULL,
	"attempts_succeeded" integer DEFAULT 0 NOT NULL,
	"attempts_failed" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "rollups_merchant_id_livemode_at_currency_method_channel_country_pk" PRIMARY KEY("merchant_id","livemode","at","currency","method","channel","country")
);
--> statement-breakpoint
CREATE TABLE "audit_seals" (
	"merchant_id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"number" bigint NOT NULL,
	"through" timestamp (3) with time zone NOT NULL,
	"entries" jsonb NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_seals_merchant_id_livemode_number_pk" PRIMARY KEY("merchant_id","livemode","number")
);
--> statement-breakpoint
CREATE TABLE "brand_images" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"content_type" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "brand_images_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "channel_accounts" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"channel" text NOT NULL,
	"environment" text NOT NULL,
	"label" text NOT NULL,
	"status" text DEFAULT 'enabled' NOT NULL,
	"credentials" text,
	"platform_account" text,
	"lent_methods" jsonb,
	"taken_back_at" timestamp (3) with time zone,
	"methods" jsonb NOT NULL,
	"priority" integer DEFAULT 100 NOT NULL,
	"fee_bps" text DEFAULT '60' NOT NULL,
	"expiry_warned_days" integer,
	"fee_fixed" bigint DEFAULT 0 NOT NULL,
	"paused_at" timestamp (3) with time zone,
	"pause_reason" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone,
	CONSTRAINT "channel_accounts_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "channel_accounts_platform_account" UNIQUE("merchant_id","platform_account"),
	CONSTRAINT "channel_accounts_opens" CHECK (("channel_accounts"."credentials" is null) = ("channel_accounts"."platform_account" is not null)),
	CONSTRAINT "channel_accounts_lent" CHECK (("channel_accounts"."lent_methods" is null) = ("channel_accounts"."platform_account" is null))
);
--> statement-breakpoint
CREATE TABLE "error_cases" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"about_merchant" text NOT NULL,
	"livemode" boolean NOT NULL,
	"object_id" text NOT NULL,
	"order_id" text,
	"evidence" jsonb NOT NULL,
	"state" text NOT NULL,
	"assigned_to" text,
	"due_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"ending" text,
	"resolved_by" text,
	"resolution" text,
	"outcome" jsonb
);
--> statement-breakpoint
CREATE TABLE "event_sequences" (
	"merchant_id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"last" bigint NOT NULL,
	CONSTRAINT "event_sequences_merchant_id_livemode_pk" PRIMARY KEY("merchant_id","livemode")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"type" text NOT NULL,
	"object_id" text NOT NULL,
	"order_id" text,
	"data" jsonb NOT NULL,
	"sequence" bigint,
	"request_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "events_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"event_id" text NOT NULL,
	"endpoint_id" text NOT NULL,
	"cause" text DEFAULT 'event' NOT NULL,
	"status" text NOT NULL,
	"try_count" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp (3) with time zone,
	"response_status" integer,
	"error" text,
	"response_body" text,
	"duration_ms" integer,
	"last_try_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_deliveries_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoints" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"url" text NOT NULL,
	"description" text,
	"event_types" jsonb NOT NULL,
	"secret" text NOT NULL,
	"previous_secret" text,
	"previous_secret_expires_at" timestamp (3) with time zone,
	"status" text DEFAULT 'enabled' NOT NULL,
	"disabled_reason" text,
	"failing_since" timestamp (3) with time zone,
	"alerted_at" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone,
	CONSTRAINT "webhook_endpoints_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "webhook_tries" (
	"merchant_id" text NOT NULL,
	"delivery_id" text NOT NULL,
	"number" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"response_status" integer,
	"error" text,
	"response_body" text,
	"duration_ms" integer NOT NULL,
	CONSTRAINT "webhook_tries_merchant_id_delivery_id_number_pk" PRIMARY KEY("merchant_id","delivery_id","number")
);
--> statement-breakpoint
CREATE TABLE "exports" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"list" text NOT NULL,
	"format" text NOT NULL,
	"filters" jsonb NOT NULL,
	"columns" jsonb NOT NULL,
	"locale" text NOT NULL,
	"time_zone" text NOT NULL,
	"status" text NOT NULL,
	"rows_done" integer DEFAULT 0 NOT NULL,
	"rows_total" integer,
	"failure_code" text,
	"requested_by_type" text NOT NULL,
	"requested_by_id" text NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "exports_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "export_parts" (
	"merchant_id" text NOT NULL,
	"export_id" text NOT NULL,
	"number" integer NOT NULL,
	"sheet" integer NOT NULL,
	"content" "bytea" NOT NULL,
	"rows" integer NOT NULL,
	"sheet_rows" integer NOT NULL,
	"sheet_bytes" bigint NOT NULL,
	"sheet_crc" bigint NOT NULL,
	"last_id" text,
	CONSTRAINT "export_parts_merchant_id_export_id_number_pk" PRIMARY KEY("merchant_id","export_id","number")
);
--> statement-breakpoint
CREATE TABLE "order_freezes" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"order_id" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"funded_from" text NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"released_at" timestamp (3) with time zone,
	"is_released" boolean DEFAULT false NOT NULL,
	CONSTRAINT "order_freezes_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"actor_type" text NOT NULL,
	"actor_id" text NOT NULL,
	"verb" text NOT NULL,
	"object_id" text NOT NULL,
	"change" jsonb,
	"request_id" text NOT NULL,
	"personal" jsonb,
	"ip" text,
	"user_agent" text,
	"personal_salt" uuid DEFAULT gen_random_uuid(),
	"personal_digest" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"recorded_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "audit_log_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "audit_log_forgotten_whole" CHECK ("audit_log"."personal_digest" is null or num_nonnulls("audit_log"."personal", "audit_log"."ip", "audit_log"."user_agent", "audit_log"."personal_salt") = 0)
);
--> statement-breakpoint
CREATE TABLE "channel_notifications" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"channel_account_id" text NOT NULL,
	"provider_event_id" text NOT NULL,
	"kind" text NOT NULL,
	"reference" text,
	"order_id" text,
	"result" text NOT NULL,
	"body" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "channel_notifications_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"merchant_id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"response_status" integer,
	"response_body" jsonb,
	"object_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_merchant_id_livemode_key_pk" PRIMARY KEY("merchant_id","livemode","key")
);
--> statement-breakpoint
CREATE TABLE "article_versions" (
	"article_id" text NOT NULL,
	"locale" text NOT NULL,
	"version" integer NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"state" text NOT NULL,
	"edited_by" text NOT NULL,
	"edited_at" timestamp (3) with time zone NOT NULL,
	"published_at" timestamp (3) with time zone,
	CONSTRAINT "article_versions_article_id_locale_version_pk" PRIMARY KEY("article_id","locale","version")
);
--> statement-breakpoint
CREATE TABLE "articles" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"category" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "published_articles" (
	"article_id" text NOT NULL,
	"locale" text NOT NULL,
	"slug" text NOT NULL,
	"category" text NOT NULL,
	"version" integer NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"terms" "tsvector" NOT NULL,
	"published_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "published_articles_locale_article_id_pk" PRIMARY KEY("locale","article_id")
);
--> statement-breakpoint
CREATE TABLE "ledger_accounts" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"code" text NOT NULL,
	"currency" char(3) NOT NULL,
	"normal_side" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ledger_accounts_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "ledger_checkpoints" (
	"merchant_id" text NOT NULL,
	"account_id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"through" timestamp (3) with time zone NOT NULL,
	"debits" bigint NOT NULL,
	"credits" bigint NOT NULL,
	CONSTRAINT "ledger_checkpoints_merchant_id_account_id_through_pk" PRIMARY KEY("merchant_id","account_id","through")
);
--> statement-breakpoint
CREATE TABLE "ledger_seals" (
	"merchant_id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"number" bigint NOT NULL,
	"through" timestamp (3) with time zone NOT NULL,
	"transfer_count" bigint NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ledger_seals_merchant_id_livemode_number_pk" PRIMARY KEY("merchant_id","livemode","number")
);
--> statement-breakpoint
CREATE TABLE "ledger_transactions" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"reference" text NOT NULL,
	"kind" text NOT NULL,
	"order_id" text,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ledger_transactions_merchant_id_livemode_id_pk" PRIMARY KEY("merchant_id","livemode","id")
);
--> statement-breakpoint
CREATE TABLE "ledger_transfers" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"transaction_id" text NOT NULL,
	"debit_account_id" text NOT NULL,
	"credit_account_id" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "ledger_transfers_merchant_id_transaction_id_id_pk" PRIMARY KEY("merchant_id","transaction_id","id"),
	CONSTRAINT "ledger_transfers_amount_positive" CHECK ("ledger_transfers"."amount" > 0),
	CONSTRAINT "ledger_transfers_two_accounts" CHECK ("ledger_transfers"."debit_account_id" <> "ledger_transfers"."credit_account_id")
);
--> statement-breakpoint
CREATE TABLE "list_entries" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"action" text NOT NULL,
	"kind" text NOT NULL,
	"match" text NOT NULL,
	"hint" text NOT NULL,
	"reason" text NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "list_entries_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "list_secrets" (
	"id" text PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payment_refusals" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"order_id" text NOT NULL,
	"method" text NOT NULL,
	"scope" text NOT NULL,
	"kind" text NOT NULL,
	"entry_id" text NOT NULL,
	"hint" text NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "payment_refusals_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "platform_list_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"action" text NOT NULL,
	"kind" text NOT NULL,
	"match" text NOT NULL,
	"hint" text NOT NULL,
	"reason" text NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "channel_calls" (
	"merchant_id" text NOT NULL,
	"channel_account_id" text NOT NULL,
	"minute" timestamp (3) with time zone NOT NULL,
	"livemode" boolean NOT NULL,
	"answered" integer NOT NULL,
	"lost" integer NOT NULL,
	"durations" bigint[] NOT NULL,
	CONSTRAINT "channel_calls_merchant_id_channel_account_id_minute_pk" PRIMARY KEY("merchant_id","channel_account_id","minute")
);
--> statement-breakpoint
CREATE TABLE "maintenance_windows" (
	"id" text PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"account_id" text,
	"about_merchant" text,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"reason" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"canceled_at" timestamp (3) with time zone,
	CONSTRAINT "maintenance_windows_forward" CHECK ("maintenance_windows"."starts_at" < "maintenance_windows"."ends_at")
);
--> statement-breakpoint
CREATE TABLE "merchants" (
	"merchant_id" text NOT NULL,
	"name" text NOT NULL,
	"country" text NOT NULL,
	"time_zone" text NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"suspension" jsonb,
	"live_status" text DEFAULT 'not_applied' NOT NULL,
	"tier" text DEFAULT 'standard' NOT NULL,
	"limits" jsonb,
	"branding" jsonb NOT NULL,
	"settings" jsonb NOT NULL,
	"test_clock_offset_ms" bigint DEFAULT 0 NOT NULL,
	"test_clock_moved_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone,
	CONSTRAINT "merchants_merchant_id_pk" PRIMARY KEY("merchant_id")
);
--> statement-breakpoint
CREATE TABLE "application_checks" (
	"about_merchant" text NOT NULL,
	"item" text NOT NULL,
	"is_passed" boolean NOT NULL,
	"note" text NOT NULL,
	"operator_id" text NOT NULL,
	"checked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "application_checks_about_merchant_item_pk" PRIMARY KEY("about_merchant","item")
);
--> statement-breakpoint
CREATE TABLE "contract_signatures" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"version" text NOT NULL,
	"locale" text NOT NULL,
	"sha256" text NOT NULL,
	"signer_name" text NOT NULL,
	"signed_by" text NOT NULL,
	"ip" text,
	"user_agent" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contract_signatures_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "merchant_applications" (
	"merchant_id" text NOT NULL,
	"sealed" text NOT NULL,
	"documents" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"submitted_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone,
	"submissions" integer DEFAULT 0 NOT NULL,
	"message" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "merchant_applications_merchant_id_pk" PRIMARY KEY("merchant_id")
);
--> statement-breakpoint
CREATE TABLE "merchant_notes" (
	"id" text PRIMARY KEY NOT NULL,
	"about_merchant" text NOT NULL,
	"text" text NOT NULL,
	"operator_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "approvals" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"object_id" text NOT NULL,
	"about_merchant" text,
	"livemode" boolean,
	"payload" jsonb NOT NULL,
	"seen" jsonb NOT NULL,
	"reason" text NOT NULL,
	"status" text NOT NULL,
	"proposed_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"decision_reason" text,
	"seen_at_decision" jsonb,
	"outcome" jsonb
);
--> statement-breakpoint
CREATE TABLE "impersonations" (
	"id" text PRIMARY KEY NOT NULL,
	"operator_id" text NOT NULL,
	"about_merchant" text NOT NULL,
	"hash" text NOT NULL,
	"reason" text NOT NULL,
	"may_write" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "operator_log" (
	"number" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "operator_log_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"operator_id" text NOT NULL,
	"verb" text NOT NULL,
	"object_id" text NOT NULL,
	"about_merchant" text,
	"livemode" boolean,
	"change" jsonb,
	"request_id" text NOT NULL,
	"ip" text,
	"user_agent" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "parameters" (
	"name" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"updated_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"order_id" text NOT NULL,
	"channel" text NOT NULL,
	"channel_account_id" text NOT NULL,
	"method" text NOT NULL,
	"flow" text NOT NULL,
	"status" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"capture_method" text NOT NULL,
	"action" jsonb,
	"shopper" jsonb NOT NULL,
	"provider_reference" text,
	"decline_reason" text,
	"provider_code" text,
	"details" jsonb,
	"amount_received" bigint DEFAULT 0 NOT NULL,
	"amount_refund_reserved" bigint DEFAULT 0 NOT NULL,
	"fee" bigint DEFAULT 0 NOT NULL,
	"disposition" text,
	"pending_operation" text,
	"operation_amount" bigint,
	"query_count" integer DEFAULT 0 NOT NULL,
	"next_query_at" timestamp (3) with time zone,
	"alert" boolean DEFAULT false NOT NULL,
	"succeeded_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone,
	CONSTRAINT "attempts_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "attempts_refunds_within_received" CHECK (0 <= "attempts"."amount_refund_reserved" and "attempts"."amount_refund_reserved" <= "attempts"."amount_received")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"merchant_order_no" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"subject" text NOT NULL,
	"description" text,
	"items" jsonb,
	"methods" jsonb,
	"capture_method" text NOT NULL,
	"customer" jsonb,
	"metadata" jsonb NOT NULL,
	"return_url" text,
	"status" text NOT NULL,
	"amount_captured" bigint DEFAULT 0 NOT NULL,
	"amount_refund_reserved" bigint DEFAULT 0 NOT NULL,
	"amount_refunded" bigint DEFAULT 0 NOT NULL,
	"latest_attempt_id" text,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"paid_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone,
	CONSTRAINT "orders_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "orders_amount_positive" CHECK ("orders"."amount" > 0),
	CONSTRAINT "orders_refunds_within_captured" CHECK (0 <= "orders"."amount_refunded" and "orders"."amount_refunded" <= "orders"."amount_refund_reserved" and "orders"."amount_refund_reserved" <= "orders"."amount_captured"),
	CONSTRAINT "orders_captured_within_amount" CHECK ("orders"."amount_captured" <= "orders"."amount")
);
--> statement-breakpoint
CREATE TABLE "authorised_scripts" (
	"build" text NOT NULL,
	"page" text NOT NULL,
	"source" text NOT NULL,
	"owner" text NOT NULL,
	"reason" text NOT NULL,
	"sha384" text,
	"authorised_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "authorised_scripts_build_page_source_pk" PRIMARY KEY("build","page","source")
);
--> statement-breakpoint
CREATE TABLE "page_checks" (
	"number" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "page_checks_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"build" text NOT NULL,
	"page" text NOT NULL,
	"changes" jsonb NOT NULL,
	"checked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "page_violations" (
	"hash" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"directive" text NOT NULL,
	"blocked" text NOT NULL,
	"reports" integer NOT NULL,
	"first_at" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "browser_challenges" (
	"hash" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"browser_hash" text NOT NULL,
	"sealed" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" text NOT NULL,
	"counter" bigint NOT NULL,
	"transports" jsonb NOT NULL,
	"is_synced" boolean NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"hash" text NOT NULL,
	"invited_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "invitations_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "mailed_links" (
	"hash" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"email" text NOT NULL,
	"payload" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" text PRIMARY KEY NOT NULL,
	"recipient" text NOT NULL,
	"sealed" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"realm" text NOT NULL,
	"person_id" text NOT NULL,
	"ip" text NOT NULL,
	"user_agent" text NOT NULL,
	"device_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"realm" text NOT NULL,
	"person_id" text NOT NULL,
	"hash" text NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "recovery_codes_realm_person_id_hash_pk" PRIMARY KEY("realm","person_id","hash")
);
--> statement-breakpoint
CREATE TABLE "second_factors" (
	"realm" text NOT NULL,
	"person_id" text NOT NULL,
	"secret" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	"step" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "second_factors_realm_person_id_pk" PRIMARY KEY("realm","person_id")
);
--> statement-breakpoint
CREATE TABLE "platform_channel_accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"livemode" boolean NOT NULL,
	"channel" text NOT NULL,
	"environment" text NOT NULL,
	"label" text NOT NULL,
	"status" text DEFAULT 'enabled' NOT NULL,
	"credentials" text NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"methods" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "privacy_requests" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"kind" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"sealed_subject" text,
	"hint" text NOT NULL,
	"orders_done" integer DEFAULT 0 NOT NULL,
	"sealed_file" text,
	"failure_code" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	CONSTRAINT "privacy_requests_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"order_id" text NOT NULL,
	"attempt_id" text NOT NULL,
	"merchant_refund_no" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"reason" text,
	"status" text NOT NULL,
	"source" text NOT NULL,
	"funded_from" text NOT NULL,
	"fee_returned" bigint DEFAULT 0 NOT NULL,
	"reversals" integer DEFAULT 0 NOT NULL,
	"is_beyond_order" boolean DEFAULT false NOT NULL,
	"provider_reference" text,
	"failure_code" text,
	"try_count" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp (3) with time zone,
	"succeeded_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone,
	CONSTRAINT "refunds_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "refunds_amount_positive" CHECK ("refunds"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "request_log" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"request_id" text NOT NULL,
	"actor_type" text NOT NULL,
	"actor_id" text NOT NULL,
	"method" text NOT NULL,
	"path" text NOT NULL,
	"status" integer NOT NULL,
	"error_code" text,
	"duration_ms" integer NOT NULL,
	"ip" text,
	"user_agent" text,
	"request_body" text,
	"response_body" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "request_log_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "request_nonces" (
	"merchant_id" text NOT NULL,
	"key_id" text NOT NULL,
	"nonce" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "request_nonces_merchant_id_key_id_nonce_pk" PRIMARY KEY("merchant_id","key_id","nonce")
);
--> statement-breakpoint
CREATE TABLE "roles" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"permissions" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone,
	CONSTRAINT "roles_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "saved_views" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"user_id" text NOT NULL,
	"list" text NOT NULL,
	"name" text NOT NULL,
	"settings" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone,
	CONSTRAINT "saved_views_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "sealed_files" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"purpose" text NOT NULL,
	"owner_id" text,
	"name" text NOT NULL,
	"content_type" text NOT NULL,
	"size" integer NOT NULL,
	"sha256" text NOT NULL,
	"sealed_key" text NOT NULL,
	"content" "bytea" NOT NULL,
	"uploaded_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sealed_files_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "order_facts" (
	"merchant_id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"order_id" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"method" text NOT NULL,
	"channel" text NOT NULL,
	CONSTRAINT "order_facts_merchant_id_livemode_order_id_pk" PRIMARY KEY("merchant_id","livemode","order_id")
);
--> statement-breakpoint
CREATE TABLE "search_terms" (
	"merchant_id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"term" text NOT NULL,
	"kind" text NOT NULL,
	"object_id" text NOT NULL,
	"order_id" text NOT NULL,
	CONSTRAINT "search_terms_merchant_id_livemode_term_kind_object_id_pk" PRIMARY KEY("merchant_id","livemode","term","kind","object_id")
);
--> statement-breakpoint
CREATE TABLE "sim"."alipay_accounts" (
	"app_id" text PRIMARY KEY NOT NULL,
	"seller_id" text NOT NULL,
	"label" text NOT NULL,
	"app_public_key" text NOT NULL,
	"provider_private_key" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sim"."alipay_bill_tickets" (
	"token" text PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"bill_date" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sim"."alipay_faults" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sim"."alipay_faults_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"app_id" text NOT NULL,
	"kind" text NOT NULL,
	"operation" text NOT NULL,
	"reference" text,
	"remaining" integer,
	"delay_ms" integer NOT NULL,
	"amount" bigint,
	"held_notify_id" text
);
--> statement-breakpoint
CREATE TABLE "sim"."alipay_notifications" (
	"notify_id" text PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"out_trade_no" text NOT NULL,
	"url" text NOT NULL,
	"fields" jsonb NOT NULL,
	"charset" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"sends" integer NOT NULL,
	"next_at" timestamp (3) with time zone,
	"acked_at" timestamp (3) with time zone,
	"is_corrupt" boolean NOT NULL,
	"repeats_left" integer NOT NULL,
	"waits_for" text
);
--> statement-breakpoint
CREATE TABLE "sim"."alipay_refunds" (
	"app_id" text NOT NULL,
	"out_trade_no" text NOT NULL,
	"out_request_no" text NOT NULL,
	"amount" bigint NOT NULL,
	"reason" text,
	"operator_id" text,
	"status" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"settle_at" timestamp (3) with time zone,
	"refunded_at" timestamp (3) with time zone,
	CONSTRAINT "alipay_refunds_app_id_out_trade_no_out_request_no_pk" PRIMARY KEY("app_id","out_trade_no","out_request_no"),
	CONSTRAINT "alipay_refunds_amount_positive" CHECK ("sim"."alipay_refunds"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "sim"."alipay_trades" (
	"app_id" text NOT NULL,
	"out_trade_no" text NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"trade_no" text,
	"code" text NOT NULL,
	"code_expires_at" timestamp (3) with time zone NOT NULL,
	"amount" bigint NOT NULL,
	"paid_amount" bigint,
	"refunded_amount" bigint NOT NULL,
	"subject" text NOT NULL,
	"body" text,
	"store_id" text,
	"operator_id" text,
	"terminal_id" text,
	"passback_params" text,
	"charset" text NOT NULL,
	"notify_url" text,
	"return_url" text,
	"quit_url" text,
	"timeout_express" text,
	"time_expire" timestamp (3) with time zone,
	"prepared_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"pay_due_at" timestamp (3) with time zone,
	"paid_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"failure_code" text,
	"cancel_action" text,
	CONSTRAINT "alipay_trades_app_id_out_trade_no_pk" PRIMARY KEY("app_id","out_trade_no"),
	CONSTRAINT "alipay_trades_amount_positive" CHECK ("sim"."alipay_trades"."amount" > 0),
	CONSTRAINT "alipay_trades_refunds_within_paid" CHECK ("sim"."alipay_trades"."refunded_amount" <= coalesce("sim"."alipay_trades"."paid_amount", 0))
);
--> statement-breakpoint
CREATE TABLE "sim"."stripe_accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"label" text NOT NULL,
	"secret_key" text NOT NULL,
	"publishable_key" text NOT NULL,
	"webhook_secret" text NOT NULL,
	"webhook_endpoint_id" text NOT NULL,
	"webhook_url" text,
	"enabled_events" text[] NOT NULL,
	"webhook_created_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sim"."stripe_events" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" bigserial NOT NULL,
	"account_id" text NOT NULL,
	"type" text NOT NULL,
	"merchant_references" text[] NOT NULL,
	"payload" text NOT NULL,
	"created" bigint NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone,
	"repeats" integer DEFAULT 0 NOT NULL,
	"held_by_fault" bigint,
	"held_for_event" text
);
--> statement-breakpoint
CREATE TABLE "sim"."stripe_faults" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"kind" text NOT NULL,
	"operation" text,
	"reference" text,
	"remaining" integer,
	"times" integer NOT NULL,
	"delay_ms" integer,
	"amount" bigint
);
--> statement-breakpoint
CREATE TABLE "sim"."stripe_idempotency" (
	"account_id" text NOT NULL,
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"request_id" text NOT NULL,
	"status" integer NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stripe_idempotency_account_id_key_pk" PRIMARY KEY("account_id","key")
);
--> statement-breakpoint
CREATE TABLE "sim"."stripe_objects" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" bigserial NOT NULL,
	"account_id" text NOT NULL,
	"object" text NOT NULL,
	"payment_intent_id" text,
	"reference" text,
	"created" bigint NOT NULL,
	"body" json NOT NULL,
	"hidden" json
);
--> statement-breakpoint
CREATE TABLE "sim"."stripe_tasks" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"kind" text NOT NULL,
	"object_id" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sim"."wechatpay_accounts" (
	"mchid" text PRIMARY KEY NOT NULL,
	"appid" text NOT NULL,
	"label" text NOT NULL,
	"merchant_serial_no" text NOT NULL,
	"merchant_public_key" text NOT NULL,
	"apiv3_key" text NOT NULL,
	"platform_public_key_id" text NOT NULL,
	"platform_private_key" text NOT NULL,
	"certificate_serial_no" text NOT NULL,
	"certificate" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sim"."wechatpay_bill_files" (
	"token" text PRIMARY KEY NOT NULL,
	"mchid" text NOT NULL,
	"is_gzip" boolean NOT NULL,
	"body" "bytea" NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sim"."wechatpay_faults" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"mchid" text NOT NULL,
	"kind" text NOT NULL,
	"operation" text,
	"reference" text,
	"times" integer NOT NULL,
	"remaining" integer,
	"delay_ms" integer,
	"amount" bigint
);
--> statement-breakpoint
CREATE TABLE "sim"."wechatpay_notifications" (
	"id" text PRIMARY KEY NOT NULL,
	"mchid" text NOT NULL,
	"out_trade_no" text NOT NULL,
	"reference" text NOT NULL,
	"event_type" text NOT NULL,
	"notify_url" text NOT NULL,
	"resource" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone,
	"repeats" integer DEFAULT 0 NOT NULL,
	"held" boolean DEFAULT false NOT NULL,
	"behind_id" text
);
--> statement-breakpoint
CREATE TABLE "sim"."wechatpay_orders" (
	"mchid" text NOT NULL,
	"out_trade_no" text NOT NULL,
	"prepay_code" text NOT NULL,
	"trade_type" text NOT NULL,
	"parameter_digest" text NOT NULL,
	"appid" text NOT NULL,
	"description" text NOT NULL,
	"attach" text,
	"notify_url" text NOT NULL,
	"openid" text,
	"total" bigint NOT NULL,
	"time_expire" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"trade_state" text NOT NULL,
	"trade_state_desc" text NOT NULL,
	"pay_due_at" timestamp with time zone,
	"transaction_id" text,
	"paid_total" bigint,
	"success_time" timestamp with time zone,
	CONSTRAINT "wechatpay_orders_mchid_out_trade_no_pk" PRIMARY KEY("mchid","out_trade_no")
);
--> statement-breakpoint
CREATE TABLE "sim"."wechatpay_refunds" (
	"mchid" text NOT NULL,
	"out_refund_no" text NOT NULL,
	"refund_id" text NOT NULL,
	"out_trade_no" text NOT NULL,
	"transaction_id" text NOT NULL,
	"refund" bigint NOT NULL,
	"total" bigint NOT NULL,
	"reason" text,
	"notify_url" text,
	"status" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"success_time" timestamp with time zone,
	"due_at" timestamp with time zone,
	"ends_as" text NOT NULL,
	CONSTRAINT "wechatpay_refunds_mchid_out_refund_no_pk" PRIMARY KEY("mchid","out_refund_no")
);
--> statement-breakpoint
CREATE TABLE "sso_connections" (
	"merchant_id" text NOT NULL,
	"issuer" text NOT NULL,
	"client_id" text NOT NULL,
	"client_secret" text NOT NULL,
	"default_role" text NOT NULL,
	"is_required" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone,
	CONSTRAINT "sso_connections_merchant_id_pk" PRIMARY KEY("merchant_id")
);
--> statement-breakpoint
CREATE TABLE "sso_domains" (
	"merchant_id" text NOT NULL,
	"domain" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"verified_at" timestamp (3) with time zone,
	CONSTRAINT "sso_domains_merchant_id_domain_pk" PRIMARY KEY("merchant_id","domain")
);
--> statement-breakpoint
CREATE TABLE "ticket_messages" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"ticket_id" text NOT NULL,
	"side" text NOT NULL,
	"author_id" text NOT NULL,
	"author_name" text NOT NULL,
	"body" text NOT NULL,
	"attachments" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ticket_messages_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "ticket_notes" (
	"id" text PRIMARY KEY NOT NULL,
	"ticket_id" text NOT NULL,
	"about_merchant" text NOT NULL,
	"operator_id" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tickets" (
	"merchant_id" text NOT NULL,
	"id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"subject" text NOT NULL,
	"category" text NOT NULL,
	"priority" text NOT NULL,
	"state" text NOT NULL,
	"order_id" text,
	"refund_id" text,
	"opened_by" text NOT NULL,
	"assigned_to" text,
	"first_answer_due_at" timestamp (3) with time zone NOT NULL,
	"first_answered_at" timestamp (3) with time zone,
	"resolution_due_at" timestamp (3) with time zone,
	"resolution_left_ms" bigint,
	"due_at" timestamp (3) with time zone,
	"solved_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "tickets_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "tickets_clock_runs_or_stands" CHECK (("tickets"."resolution_due_at" is null) <> ("tickets"."resolution_left_ms" is null))
);
--> statement-breakpoint
CREATE TABLE "use_counts" (
	"hash" text PRIMARY KEY NOT NULL,
	"used" integer NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_merchant" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_merchant" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brand_images" ADD CONSTRAINT "brand_images_merchant" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_accounts" ADD CONSTRAINT "channel_accounts_platform_account_platform_channel_accounts_id_fk" FOREIGN KEY ("platform_account") REFERENCES "public"."platform_channel_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_accounts" ADD CONSTRAINT "channel_accounts_merchant" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_event" FOREIGN KEY ("merchant_id","event_id") REFERENCES "public"."events"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_endpoint" FOREIGN KEY ("merchant_id","endpoint_id") REFERENCES "public"."webhook_endpoints"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_merchant" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_tries" ADD CONSTRAINT "webhook_tries_delivery" FOREIGN KEY ("merchant_id","delivery_id") REFERENCES "public"."webhook_deliveries"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_merchant" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_parts" ADD CONSTRAINT "export_parts_export" FOREIGN KEY ("merchant_id","export_id") REFERENCES "public"."exports"("merchant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_freezes" ADD CONSTRAINT "order_freezes_order" FOREIGN KEY ("merchant_id","order_id") REFERENCES "public"."orders"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_notifications" ADD CONSTRAINT "channel_notifications_account" FOREIGN KEY ("merchant_id","channel_account_id") REFERENCES "public"."channel_accounts"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "article_versions" ADD CONSTRAINT "article_versions_article" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "published_articles" ADD CONSTRAINT "published_articles_article" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_checkpoints" ADD CONSTRAINT "ledger_checkpoints_account" FOREIGN KEY ("merchant_id","account_id") REFERENCES "public"."ledger_accounts"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_entries" ADD CONSTRAINT "list_entries_merchant" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_refusals" ADD CONSTRAINT "payment_refusals_order" FOREIGN KEY ("merchant_id","order_id") REFERENCES "public"."orders"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_signatures" ADD CONSTRAINT "contract_signatures_merchant" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merchant_applications" ADD CONSTRAINT "merchant_applications_merchant" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_order" FOREIGN KEY ("merchant_id","order_id") REFERENCES "public"."orders"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_channel_account" FOREIGN KEY ("merchant_id","channel_account_id") REFERENCES "public"."channel_accounts"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_merchant" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_merchant" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privacy_requests" ADD CONSTRAINT "privacy_requests_merchant" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_order" FOREIGN KEY ("merchant_id","order_id") REFERENCES "public"."orders"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_attempt" FOREIGN KEY ("merchant_id","attempt_id") REFERENCES "public"."attempts"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roles" ADD CONSTRAINT "roles_merchant" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_merchant" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sealed_files" ADD CONSTRAINT "sealed_files_merchant" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_connections" ADD CONSTRAINT "sso_connections_merchant" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_domains" ADD CONSTRAINT "sso_domains_merchant" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_messages" ADD CONSTRAINT "ticket_messages_ticket" FOREIGN KEY ("merchant_id","ticket_id") REFERENCES "public"."tickets"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_merchant" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_by_hash" ON "api_keys" USING btree ("merchant_id","hash");--> statement-breakpoint
CREATE INDEX "memberships_by_user" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "operators_by_email" ON "operators" USING btree (lower("email"));--> statement-breakpoint
CREATE UNIQUE INDEX "users_by_email" ON "users" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "alert_notices_by_alert" ON "alert_notices" USING btree ("alert_id","id");--> statement-breakpoint
CREATE INDEX "alert_notices_by_age" ON "alert_notices" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "alert_samples_by_age" ON "alert_samples" USING btree ("at");--> statement-breakpoint
CREATE INDEX "alert_silences_by_end" ON "alert_silences" USING btree ("until");--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_open" ON "alerts" USING btree ("rule_id","subject") WHERE "alerts"."status" = 'firing';--> statement-breakpoint
CREATE INDEX "alerts_to_tell" ON "alerts" USING btree ("rule_id") WHERE "alerts"."status" = 'resolved' and "alerts"."told_resolved_at" is null;--> statement-breakpoint
CREATE INDEX "alerts_by_opening" ON "alerts" USING btree ("opened_at");--> statement-breakpoint
CREATE INDEX "channel_accounts_by_mode" ON "channel_accounts" USING btree ("merchant_id","livemode","status");--> statement-breakpoint
CREATE UNIQUE INDEX "error_cases_once" ON "error_cases" USING btree ("about_merchant","kind","object_id");--> statement-breakpoint
CREATE INDEX "error_cases_due" ON "error_cases" USING btree ("due_at","id") WHERE "error_cases"."state" = 'open';--> statement-breakpoint
CREATE INDEX "error_cases_newest_first" ON "error_cases" USING btree ("state","id");--> statement-breakpoint
CREATE UNIQUE INDEX "events_by_sequence" ON "events" USING btree ("merchant_id","livemode","sequence");--> statement-breakpoint
CREATE INDEX "events_by_order" ON "events" USING btree ("merchant_id","order_id","id");--> statement-breakpoint
CREATE INDEX "events_newest_first" ON "events" USING btree ("merchant_id","livemode","id");--> statement-breakpoint
CREATE INDEX "events_of_rare_types" ON "events" USING btree ("merchant_id","livemode","type","id") WHERE type not in ('order.created', 'order.paid');--> statement-breakpoint
CREATE INDEX "events_to_drain" ON "events" USING btree ("merchant_id","id") WHERE sequence is null;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_by_endpoint" ON "webhook_deliveries" USING btree ("merchant_id","endpoint_id","id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_by_event" ON "webhook_deliveries" USING btree ("merchant_id","event_id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("next_try_at") WHERE status = 'pending' and next_try_at is not null;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_newest_first" ON "webhook_deliveries" USING btree ("merchant_id","livemode","id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_failed" ON "webhook_deliveries" USING btree ("merchant_id","livemode","id") WHERE status = 'failed';--> statement-breakpoint
CREATE INDEX "webhook_endpoints_by_mode" ON "webhook_endpoints" USING btree ("merchant_id","livemode","status");--> statement-breakpoint
CREATE INDEX "exports_newest_first" ON "exports" USING btree ("merchant_id","livemode","id");--> statement-breakpoint
CREATE INDEX "exports_to_end" ON "exports" USING btree ("expires_at") WHERE status in ('pending', 'processing', 'succeeded');--> statement-breakpoint
CREATE UNIQUE INDEX "order_freezes_open" ON "order_freezes" USING btree ("merchant_id","order_id") WHERE not "order_freezes"."is_released";--> statement-breakpoint
CREATE INDEX "order_freezes_by_order" ON "order_freezes" USING btree ("merchant_id","order_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_by_age" ON "audit_log" USING brin ("recorded_at");--> statement-breakpoint
CREATE INDEX "audit_log_by_object" ON "audit_log" USING btree ("merchant_id","object_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_in_order" ON "audit_log" USING btree ("merchant_id","livemode","recorded_at");--> statement-breakpoint
CREATE INDEX "audit_log_by_actor" ON "audit_log" USING btree ("merchant_id","actor_id","id") WHERE "audit_log"."actor_type" in ('user', 'operator', 'api_key');--> statement-breakpoint
CREATE INDEX "audit_log_by_verb" ON "audit_log" USING btree ("merchant_id","verb","id") WHERE "audit_log"."verb" not in ('order.create', 'attempt.start');--> statement-breakpoint
CREATE UNIQUE INDEX "channel_notifications_once" ON "channel_notifications" USING btree ("merchant_id","channel_account_id","provider_event_id");--> statement-breakpoint
CREATE INDEX "channel_notifications_by_age" ON "channel_notifications" USING brin ("received_at");--> statement-breakpoint
CREATE INDEX "channel_notifications_by_order" ON "channel_notifications" USING btree ("merchant_id","order_id","id");--> statement-breakpoint
CREATE INDEX "idempotency_keys_by_age" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "articles_by_slug" ON "articles" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "published_articles_by_slug" ON "published_articles" USING btree ("locale","slug");--> statement-breakpoint
CREATE INDEX "published_articles_by_term" ON "published_articles" USING gin ("terms");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_accounts_by_code" ON "ledger_accounts" USING btree ("merchant_id","livemode","code","currency");--> statement-breakpoint
CREATE INDEX "ledger_checkpoints_newest" ON "ledger_checkpoints" USING btree ("merchant_id","livemode","through");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_transactions_by_reference" ON "ledger_transactions" USING btree ("merchant_id","livemode","reference");--> statement-breakpoint
CREATE INDEX "ledger_transactions_of_rare_kinds" ON "ledger_transactions" USING btree ("merchant_id","livemode","kind","id") WHERE kind <> 'payment_succeeded';--> statement-breakpoint
CREATE INDEX "ledger_transactions_by_order" ON "ledger_transactions" USING btree ("merchant_id","order_id");--> statement-breakpoint
CREATE INDEX "ledger_transfers_by_debit" ON "ledger_transfers" USING btree ("merchant_id","debit_account_id","created_at","amount");--> statement-breakpoint
CREATE INDEX "ledger_transfers_by_credit" ON "ledger_transfers" USING btree ("merchant_id","credit_account_id","created_at","amount");--> statement-breakpoint
CREATE INDEX "ledger_transfers_in_order" ON "ledger_transfers" USING btree ("merchant_id","livemode","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "list_entries_by_match" ON "list_entries" USING btree ("merchant_id","livemode","match");--> statement-breakpoint
CREATE INDEX "list_entries_by_action" ON "list_entries" USING btree ("merchant_id","livemode","action","kind","id");--> statement-breakpoint
CREATE INDEX "payment_refusals_by_order" ON "payment_refusals" USING btree ("merchant_id","order_id","id");--> statement-breakpoint
CREATE INDEX "payment_refusals_newest_first" ON "payment_refusals" USING btree ("merchant_id","livemode","id");--> statement-breakpoint
CREATE UNIQUE INDEX "platform_list_entries_by_match" ON "platform_list_entries" USING btree ("match");--> statement-breakpoint
CREATE INDEX "platform_list_entries_by_action" ON "platform_list_entries" USING btree ("action","kind","id");--> statement-breakpoint
CREATE INDEX "channel_calls_by_age" ON "channel_calls" USING btree ("minute");--> statement-breakpoint
CREATE INDEX "maintenance_windows_by_end" ON "maintenance_windows" USING btree ("ends_at");--> statement-breakpoint
CREATE INDEX "merchants_with_test_clock" ON "merchants" USING btree ("merchant_id") WHERE "merchants"."test_clock_offset_ms" <> 0;--> statement-breakpoint
CREATE INDEX "merchants_in_review" ON "merchants" USING btree ("merchant_id") WHERE "merchants"."live_status" = 'submitted';--> statement-breakpoint
CREATE INDEX "merchant_notes_by_merchant" ON "merchant_notes" USING btree ("about_merchant","id" desc);--> statement-breakpoint
CREATE UNIQUE INDEX "approvals_open" ON "approvals" USING btree ("kind","object_id") WHERE "approvals"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "approvals_by_status" ON "approvals" USING btree ("status","created_at");--> statement-breakpoint
CREATE INDEX "approvals_by_merchant" ON "approvals" USING btree ("about_merchant","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "impersonations_by_hash" ON "impersonations" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "impersonations_by_merchant" ON "impersonations" USING btree ("about_merchant","created_at");--> statement-breakpoint
CREATE INDEX "operator_log_by_operator" ON "operator_log" USING btree ("operator_id","number");--> statement-breakpoint
CREATE INDEX "operator_log_by_merchant" ON "operator_log" USING btree ("about_merchant","number") WHERE "operator_log"."about_merchant" is not null;--> statement-breakpoint
CREATE INDEX "operator_log_by_object" ON "operator_log" USING btree ("object_id","number");--> statement-breakpoint
CREATE INDEX "attempts_by_order" ON "attempts" USING btree ("merchant_id","order_id","id");--> statement-breakpoint
CREATE INDEX "attempts_to_query" ON "attempts" USING btree ("next_query_at") WHERE next_query_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "orders_by_merchant_order_no" ON "orders" USING btree ("merchant_id","livemode","merchant_order_no");--> statement-breakpoint
CREATE INDEX "orders_newest_first" ON "orders" USING btree ("merchant_id","livemode","id");--> statement-breakpoint
CREATE INDEX "orders_by_status" ON "orders" USING btree ("merchant_id","livemode","status","id") WHERE status <> 'paid';--> statement-breakpoint
CREATE INDEX "orders_due" ON "orders" USING btree ("expires_at") WHERE status in ('pending', 'processing') and expires_at is not null;--> statement-breakpoint
CREATE INDEX "page_checks_by_time" ON "page_checks" USING btree ("checked_at");--> statement-breakpoint
CREATE INDEX "page_violations_by_time" ON "page_violations" USING btree ("last_at");--> statement-breakpoint
CREATE INDEX "browser_challenges_by_expiry" ON "browser_challenges" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "passkeys_by_credential" ON "passkeys" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "passkeys_by_person" ON "passkeys" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_by_hash" ON "invitations" USING btree ("merchant_id","hash");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_open" ON "invitations" USING btree ("merchant_id",lower("email")) WHERE "invitations"."accepted_at" is null and "invitations"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "mailed_links_by_expiry" ON "mailed_links" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "mails_by_recipient" ON "mails" USING btree (lower("recipient"),"created_at");--> statement-breakpoint
CREATE INDEX "mails_by_age" ON "mails" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "person_sessions_by_person" ON "person_sessions" USING btree ("realm","person_id","created_at");--> statement-breakpoint
CREATE INDEX "person_sessions_by_age" ON "person_sessions" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "platform_channel_accounts_by_mode" ON "platform_channel_accounts" USING btree ("livemode","channel");--> statement-breakpoint
CREATE INDEX "privacy_requests_newest_first" ON "privacy_requests" USING btree ("merchant_id","livemode","id");--> statement-breakpoint
CREATE INDEX "privacy_requests_by_expiry" ON "privacy_requests" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_by_merchant_refund_no" ON "refunds" USING btree ("merchant_id","livemode","merchant_refund_no");--> statement-breakpoint
CREATE INDEX "refunds_newest_first" ON "refunds" USING btree ("merchant_id","livemode","id");--> statement-breakpoint
CREATE INDEX "refunds_by_status" ON "refunds" USING btree ("merchant_id","livemode","status","id") WHERE status <> 'succeeded';--> statement-breakpoint
CREATE INDEX "refunds_by_source" ON "refunds" USING btree ("merchant_id","livemode","source","id") WHERE source <> 'merchant';--> statement-breakpoint
CREATE INDEX "refunds_by_order" ON "refunds" USING btree ("merchant_id","order_id","id");--> statement-breakpoint
CREATE INDEX "refunds_to_try" ON "refunds" USING btree ("next_try_at") WHERE next_try_at is not null;--> statement-breakpoint
CREATE INDEX "request_log_by_request" ON "request_log" USING btree ("merchant_id","request_id");--> statement-breakpoint
CREATE INDEX "request_log_by_actor" ON "request_log" USING btree ("merchant_id","livemode","actor_id","id");--> statement-breakpoint
CREATE INDEX "request_log_by_rare_method" ON "request_log" USING btree ("merchant_id","livemode","method","id") WHERE "request_log"."method" not in ('GET', 'POST');--> statement-breakpoint
CREATE INDEX "request_log_failed" ON "request_log" USING btree ("merchant_id","livemode","id") WHERE "request_log"."status" >= 400;--> statement-breakpoint
CREATE INDEX "request_log_by_age" ON "request_log" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "request_nonces_by_age" ON "request_nonces" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "roles_by_name" ON "roles" USING btree ("merchant_id",lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "saved_views_by_name" ON "saved_views" USING btree ("merchant_id","user_id","list","name");--> statement-breakpoint
CREATE INDEX "sealed_files_by_owner" ON "sealed_files" USING btree ("merchant_id","owner_id","id");--> statement-breakpoint
CREATE INDEX "order_facts_by_method" ON "order_facts" USING btree ("merchant_id","livemode","method","order_id");--> statement-breakpoint
CREATE INDEX "order_facts_by_channel" ON "order_facts" USING btree ("merchant_id","livemode","channel","order_id");--> statement-breakpoint
CREATE INDEX "order_facts_by_currency" ON "order_facts" USING btree ("merchant_id","livemode","currency","order_id");--> statement-breakpoint
CREATE INDEX "order_facts_by_amount" ON "order_facts" USING btree ("merchant_id","livemode","amount","order_id");--> statement-breakpoint
CREATE INDEX "search_terms_by_beginning" ON "search_terms" USING btree ("merchant_id","livemode","term" collate "C","object_id");--> statement-breakpoint
CREATE INDEX "alipay_faults_by_app" ON "sim"."alipay_faults" USING btree ("app_id");--> statement-breakpoint
CREATE INDEX "alipay_notifications_due" ON "sim"."alipay_notifications" USING btree ("next_at") WHERE "sim"."alipay_notifications"."next_at" is not null;--> statement-breakpoint
CREATE INDEX "alipay_notifications_held" ON "sim"."alipay_notifications" USING btree ("waits_for") WHERE "sim"."alipay_notifications"."waits_for" is not null;--> statement-breakpoint
CREATE INDEX "alipay_notifications_by_trade" ON "sim"."alipay_notifications" USING btree ("app_id","out_trade_no");--> statement-breakpoint
CREATE INDEX "alipay_refunds_due" ON "sim"."alipay_refunds" USING btree ("settle_at") WHERE "sim"."alipay_refunds"."settle_at" is not null;--> statement-breakpoint
CREATE INDEX "alipay_refunds_done" ON "sim"."alipay_refunds" USING btree ("app_id","refunded_at") WHERE "sim"."alipay_refunds"."refunded_at" is not null;--> statement-breakpoint
CREATE INDEX "alipay_trades_by_trade_no" ON "sim"."alipay_trades" USING btree ("trade_no");--> statement-breakpoint
CREATE INDEX "alipay_trades_by_code" ON "sim"."alipay_trades" USING btree ("code");--> statement-breakpoint
CREATE INDEX "alipay_trades_pay_due" ON "sim"."alipay_trades" USING btree ("pay_due_at") WHERE "sim"."alipay_trades"."pay_due_at" is not null;--> statement-breakpoint
CREATE INDEX "alipay_trades_paid" ON "sim"."alipay_trades" USING btree ("app_id","paid_at") WHERE "sim"."alipay_trades"."paid_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "stripe_accounts_by_secret_key" ON "sim"."stripe_accounts" USING btree ("secret_key");--> statement-breakpoint
CREATE UNIQUE INDEX "stripe_accounts_by_publishable_key" ON "sim"."stripe_accounts" USING btree ("publishable_key");--> statement-breakpoint
CREATE INDEX "stripe_events_due" ON "sim"."stripe_events" USING btree ("next_at") WHERE "sim"."stripe_events"."next_at" is not null;--> statement-breakpoint
CREATE INDEX "stripe_events_held" ON "sim"."stripe_events" USING btree ("held_for_event") WHERE "sim"."stripe_events"."held_for_event" is not null;--> statement-breakpoint
CREATE INDEX "stripe_events_by_account" ON "sim"."stripe_events" USING btree ("account_id","seq");--> statement-breakpoint
CREATE INDEX "stripe_events_by_reference" ON "sim"."stripe_events" USING gin ("merchant_references");--> statement-breakpoint
CREATE INDEX "stripe_faults_by_account" ON "sim"."stripe_faults" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "stripe_idempotency_by_age" ON "sim"."stripe_idempotency" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "stripe_objects_listed" ON "sim"."stripe_objects" USING btree ("account_id","object","created","seq");--> statement-breakpoint
CREATE INDEX "stripe_objects_by_payment_intent" ON "sim"."stripe_objects" USING btree ("payment_intent_id") WHERE "sim"."stripe_objects"."payment_intent_id" is not null;--> statement-breakpoint
CREATE INDEX "stripe_objects_by_reference" ON "sim"."stripe_objects" USING btree ("account_id","reference") WHERE "sim"."stripe_objects"."reference" is not null;--> statement-breakpoint
CREATE INDEX "stripe_tasks_due" ON "sim"."stripe_tasks" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "wechatpay_faults_by_account" ON "sim"."wechatpay_faults" USING btree ("mchid");--> statement-breakpoint
CREATE INDEX "wechatpay_notifications_due" ON "sim"."wechatpay_notifications" USING btree ("next_at") WHERE "sim"."wechatpay_notifications"."next_at" is not null;--> statement-breakpoint
CREATE INDEX "wechatpay_notifications_by_order" ON "sim"."wechatpay_notifications" USING btree ("mchid","out_trade_no");--> statement-breakpoint
CREATE INDEX "wechatpay_notifications_held" ON "sim"."wechatpay_notifications" USING btree ("mchid") WHERE "sim"."wechatpay_notifications"."held";--> statement-breakpoint
CREATE UNIQUE INDEX "wechatpay_orders_by_prepay_code" ON "sim"."wechatpay_orders" USING btree ("prepay_code");--> statement-breakpoint
CREATE UNIQUE INDEX "wechatpay_orders_by_transaction" ON "sim"."wechatpay_orders" USING btree ("transaction_id") WHERE "sim"."wechatpay_orders"."transaction_id" is not null;--> statement-breakpoint
CREATE INDEX "wechatpay_orders_by_success" ON "sim"."wechatpay_orders" USING btree ("mchid","success_time") WHERE "sim"."wechatpay_orders"."success_time" is not null;--> statement-breakpoint
CREATE INDEX "wechatpay_orders_due" ON "sim"."wechatpay_orders" USING btree ("pay_due_at") WHERE "sim"."wechatpay_orders"."pay_due_at" is not null;--> statement-breakpoint
CREATE INDEX "wechatpay_refunds_by_order" ON "sim"."wechatpay_refunds" USING btree ("mchid","out_trade_no");--> statement-breakpoint
CREATE INDEX "wechatpay_refunds_by_day" ON "sim"."wechatpay_refunds" USING btree ("mchid","created_at");--> statement-breakpoint
CREATE INDEX "wechatpay_refunds_due" ON "sim"."wechatpay_refunds" USING btree ("due_at") WHERE "sim"."wechatpay_refunds"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "sso_domains_by_domain" ON "sso_domains" USING btree ("domain");--> statement-breakpoint
CREATE INDEX "ticket_messages_by_ticket" ON "ticket_messages" USING btree ("merchant_id","ticket_id","id");--> statement-breakpoint
CREATE INDEX "ticket_notes_by_ticket" ON "ticket_notes" USING btree ("ticket_id","id");--> statement-breakpoint
CREATE INDEX "tickets_by_state" ON "tickets" USING btree ("merchant_id","state","id");--> statement-breakpoint
CREATE INDEX "tickets_due" ON "tickets" USING btree ("due_at","id") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "use_counts_by_end" ON "use_counts" USING btree ("ends_at");