import { z } from "@hono/zod-openapi";
import { currencyCodes } from "#lib/kernel/currency";
import { InvalidParam } from "#lib/kernel/errors";
import { isCountry } from "#lib/merchants/countries";
import { isBic, isBranchNumber, isChineseAccount, isIban } from "./bank-account.ts";
import { categories } from "./categories.ts";
import { isSocialCreditCode } from "./registration-number.ts";

const line = (most: number) => z.string().trim().max(most);
const country = z.string().refine(isCountry, { error: "country_unknown" });
const withoutSpaces = (most: number) =>
  z
    .string()
    .max(most * 2)
    .transform((text) => text.replaceAll(/[\s-]/g, "").toUpperCase())
    .pipe(z.string().max(most));

export const ownerSchema = z
  .strictObject({
    name: line(120).min(1),
    country,
    share_percent: z
      .number()
      .min(25)
      .max(100)
      .openapi({ description: "Of capital or votes; below 25 nobody is named." }),
  })
  .openapi("BeneficialOwner");

/** What a merchant tells of itself. A draft may lack anything; `missingFact` says what an application may not lack. */
export const factsSchema = z
  .strictObject({
    legal_name: line(200),
    registration_number: withoutSpaces(40).openapi({ description: "In China the unified social credit code." }),
    country,
    address: line(400),
    representative: line(120).openapi({ description: "Who may sign for the company." }),
    owners: z.array(ownerSchema).max(4),
    no_owner: z.boolean().openapi({ description: "Nobody holds a quarter or more." }),
    category: z.enum(categories).openapi({ description: "Merchant category code (ISO 18245)." }),
    website: z.union([z.url({ protocol: /^https?$/, error: "url_invalid" }).max(300), z.literal("")]),
    business: line(1_000).openapi({ description: "What is sold, to whom." }),
    monthly_volume: z
      .number()
      .int()
      .min(0)
      .max(1e12)
      .openapi({ description: "Expected, minor units of the currency." }),
    volume_currency: z.enum(currencyCodes as [string, ...string[]], { error: "currency_unknown" }),
    bank_country: country,
    bank_holder: line(200),
    bank_name: line(200),
    bank_account: withoutSpaces(34),
    bank_code: withoutSpaces(12).openapi({ description: "In China the branch's 12 digits, elsewhere the BIC." }),
  })
  .partial()
  .openapi("ApplicationFacts", {
    example: {
      legal_name: "上海灯叶贸易有限公司",
      registration_number: "91310000MA1FL0YX0Y",
      country: "CN",
      representative: "林薇",
      category: "5499",
    },
  });

export type Facts = z.output<typeof factsSchema>;

const required = [
  "legal_name",
  "registration_number",
  "country",
  "address",
  "representative",
  "category",
  "website",
  "business",
  "monthly_volume",
  "volume_currency",
  "bank_country",
  "bank_holder",
  "bank_name",
  "bank_account",
] as const satisfies readonly (keyof Facts)[];

/** The first field that an application may not leave open. */
export function missingFact(facts: Facts): keyof Facts | undefined {
  const missing = required.find((name) => facts[name] === undefined || facts[name] === "");
  if (missing) return missing;
  return facts.no_owner || (facts.owners?.length ?? 0) > 0 ? undefined : "owners";
}

/**
 * Refuses what can't be right: numbers that fail their own check, shares above the whole.
 *
 * @throws InvalidParam naming the field
 */
export function refuseWrongFacts(facts: Facts): void {
  const {
    registration_number: number,
    country,
    bank_account: account,
    bank_country: bankCountry,
    bank_code: code,
  } = facts;
  if (number && country === "CN" && !isSocialCreditCode(number)) {
    throw new InvalidParam("registration_number_invalid", "registration_number");
  }
  if ((facts.owners ?? []).reduce((sum, owner) => sum + owner.share_percent, 0) > 100) {
    throw new InvalidParam("owner_shares_too_large", "owners");
  }
  if (account && !isAccountIn(bankCountry, account)) throw new InvalidParam("bank_account_invalid", "bank_account");
  if (code && !(bankCountry === "CN" ? isBranchNumber(code) : isBic(code))) {
    throw new InvalidParam("bank_code_invalid", "bank_code");
  }
}

function isAccountIn(country: string | undefined, account: string): boolean {
  if (country === "CN") return isChineseAccount(account);
  // Whatever begins like an IBAN has to be a right one; other countries' numbers check nothing that we could.
  return /^[A-Z]{2}\d{2}/.test(account) ? isIban(account) : /^[A-Z0-9]{4,34}$/.test(account);
}
