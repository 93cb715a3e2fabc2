import { z } from "zod";
import { invalidRequest, type StripeError } from "./errors.ts";
import type { Form } from "./form.ts";

// Numbers and booleans arrive as text; the messages below are the provider's error codes.
export const integer = z
  .string()
  .regex(/^-?\d{1,15}$/, "parameter_invalid_integer")
  .transform(Number);
export const flag = z.enum(["true", "false"]).transform((text) => text === "true");
export const text = (max = 5000) => z.string().min(1, "parameter_invalid_empty").max(max, "parameter_invalid_string");
export const anything = z.unknown().optional();
export const metadata = z
  .union([
    z.literal("").transform((): Record<string, string> => ({})),
    z.record(z.string().max(40), z.string().max(500)),
  ])
  .refine((entries) => Object.keys(entries).length <= 50, "metadata takes at most 50 keys");
export const expand = z.array(z.string()).max(20).optional();

export const created = z
  .union([
    integer.transform((at) => ({ gte: at, lte: at })),
    z.strictObject({
      gt: integer.optional(),
      gte: integer.optional(),
      lt: integer.optional(),
      lte: integer.optional(),
    }),
  ])
  .optional();

export const page = {
  limit: integer.pipe(z.number().min(1, "parameter_invalid_integer").max(100, "parameter_invalid_integer")).default(10),
  starting_after: text().optional(),
  ending_before: text().optional(),
  expand,
};

const intentOptions = {
  allowed_payment_method_types: z.array(text()).min(1).optional(),
  capture_method: z.enum(["automatic", "automatic_async", "manual"]).optional(),
  error_on_requires_action: flag.optional(),
  expand,
  off_session: z.union([flag, z.enum(["one_off", "recurring"]).transform(() => true)]).optional(),
  payment_method: text().optional(),
  payment_method_data: anything,
  payment_method_options: anything,
  radar_options: anything,
  receipt_email: z.string().optional(),
  return_url: z.url({ protocol: /^https?$/, error: "url_invalid" }).optional(),
  setup_future_usage: z.enum(["off_session", "on_session"]).optional(),
  shipping: anything,
  use_stripe_sdk: flag.optional(),
  mandate: anything,
  mandate_data: anything,
};

export const createIntent = z.strictObject({
  ...intentOptions,
  amount: integer,
  currency: z.string().transform((code) => code.toLowerCase()),
  application_fee_amount: integer.optional(),
  automatic_payment_methods: z
    .strictObject({ enabled: flag, allow_redirects: z.enum(["always", "never"]).optional() })
    .optional(),
  confirm: flag.default(false),
  confirmation_method: z.enum(["automatic", "manual"]).default("automatic"),
  customer: text().optional(),
  description: z.string().max(1000).optional(),
  metadata: metadata.optional(),
  on_behalf_of: anything,
  statement_descriptor: text(22).optional(),
  statement_descriptor_suffix: text(22).optional(),
  transfer_data: anything,
  transfer_group: text().optional(),
});
export type CreateIntent = z.output<typeof createIntent>;

export const confirmIntent = z.strictObject(intentOptions);
export type ConfirmIntent = z.output<typeof confirmIntent>;

export const captureIntent = z.strictObject({
  amount_to_capture: integer.optional(),
  application_fee_amount: integer.optional(),
  expand,
  final_capture: flag.optional(),
  metadata: metadata.optional(),
  statement_descriptor: text(22).optional(),
  statement_descriptor_suffix: text(22).optional(),
});
export type CaptureIntent = z.output<typeof captureIntent>;

export const cancelIntent = z.strictObject({
  cancellation_reason: z.enum(["abandoned", "duplicate", "fraudulent", "requested_by_customer"]).optional(),
  expand,
});
export type CancelIntent = z.output<typeof cancelIntent>;

export const createRefund = z.strictObject({
  amount: integer.optional(),
  charge: text().optional(),
  expand,
  metadata: metadata.optional(),
  payment_intent: text().optional(),
  reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
  refund_application_fee: flag.optional(),
  reverse_transfer: flag.optional(),
});
export type CreateRefund = z.output<typeof createRefund>;

const address = z.strictObject({
  city: z.string().optional(),
  country: z.string().optional(),
  line1: z.string().optional(),
  line2: z.string().optional(),
  postal_code: z.string().optional(),
  state: z.string().optional(),
});

export const createPaymentMethod = z.strictObject({
  type: z.literal("card"),
  card: z.strictObject({
    number: z.string(),
    exp_month: z.string(),
    exp_year: z.string(),
    cvc: z.string().optional(),
  }),
  billing_details: z
    .strictObject({
      address: address.optional(),
      email: z.string().optional(),
      name: z.string().max(200).optional(),
      phone: z.string().optional(),
    })
    .optional(),
  allow_redisplay: z.enum(["always", "limited", "unspecified"]).optional(),
  metadata: metadata.optional(),
  expand,
});
export type CreatePaymentMethod = z.output<typeof createPaymentMethod>;

export const createWebhookEndpoint = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: "url_invalid" }),
  enabled_events: z.array(text()).min(1),
  api_version: text().optional(),
  connect: flag.optional(),
  description: z.string().optional(),
  expand,
  metadata: metadata.optional(),
});

export const nothing = z.strictObject({ expand });

/** @throws StripeError that names the first bad parameter the way the provider does, `card[number]` */
export function parseParams<T>(schema: z.ZodType<T>, form: Form): T {
  const result = schema.safeParse(form);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw issue ? refusal(deepest(issue), form) : invalidRequest("Invalid request");
}

/** A union's complaint is that of its last member, the general form of the parameter. */
function deepest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== "invalid_union") return issue;
  const inner = issue.errors.at(-1)?.[0];
  return inner ? deepest({ ...inner, path: [...issue.path, ...inner.path] }) : issue;
}

function refusal(issue: z.core.$ZodIssue, form: Form): StripeError {
  if (issue.code === "unrecognized_keys") {
    const param = bracketed([...issue.path, issue.keys[0] ?? ""]);
    return invalidRequest(`Received unknown parameter: ${param}`, { code: "parameter_unknown", param });
  }
  const param = bracketed(issue.path);
  const value = valueAt(form, issue.path);
  if (value === undefined) {
    return invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
  }
  const code = /^[a-z]+(_[a-z]+)+$/.test(issue.message) ? issue.message : undefined;
  return invalidRequest(`Invalid ${param}: ${String(value).slice(0, 100)}`, { code, param });
}

function bracketed(path: readonly PropertyKey[]): string {
  const [first = "", ...rest] = path.map(String);
  return first + rest.map((part) => `[${part}]`).join("");
}

function valueAt(form: Form, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    form,
  );
}
