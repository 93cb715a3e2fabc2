import { z } from "@hono/zod-openapi";
import { seal, unseal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";

const identifier = z.string().trim().min(3).max(254);

export const subjectSchema = z
  .strictObject({
    email: identifier.optional().openapi({ description: "As `customer.email` of orders, in any case." }),
    phone: identifier.optional().openapi({ description: "As `customer.phone` of orders." }),
    customer: identifier.optional().openapi({ description: "As `customer.id` of orders." }),
  })
  .refine((given) => Object.values(given).some((value) => value !== undefined), {
    message: "name the person by email, phone or customer",
    path: ["email"],
    params: { code: "missing_field" },
  })
  .openapi("PrivacySubject", { example: { email: "lin@example.com" } });

/** By what a shopper is found among a merchant's orders. */
export type Subject = z.output<typeof subjectSchema>;

export interface Term {
  readonly kind: "email" | "phone" | "customer";
  /** As the search index writes it. */
  readonly term: string;
}

const longestTerm = 200;

export function termsOf(subject: Subject): Term[] {
  return (["email", "phone", "customer"] as const).flatMap((kind) => {
    const value = subject[kind];
    return value === undefined ? [] : [{ kind, term: value.toLowerCase().slice(0, longestTerm) }];
  });
}

/** Tells requests apart on a screen without naming the person to whoever looks over the shoulder. */
export function hintOf({ email, phone, customer }: Subject): string {
  // A cut through a character that takes two units would leave half of it, which no JSON column takes.
  if (email) {
    const at = email.lastIndexOf("@");
    return (at > 0 ? `${email.slice(0, 1)}***${email.slice(at)}` : `${email.slice(0, 1)}***`).toWellFormed();
  }
  const other = phone ?? customer ?? "";
  return `***${other.slice(-Math.min(4, Math.floor(other.length / 3)))}`.toWellFormed();
}

/** What sealed text of a request is bound to. */
export const privacyContext = (id: string): string => `privacy request ${id}`;

export function sealSubject(id: string, subject: Subject): string {
  return seal(env.secretsKeys, JSON.stringify(subject), privacyContext(id));
}

export function openSubject(id: string, sealed: string): Subject {
  return JSON.parse(unseal(env.secretsKeys, sealed, privacyContext(id))) as Subject;
}
