import { z } from "zod";
import { isCountry } from "#lib/merchants/countries";
import { isTimeZone } from "#lib/merchants/time-zones";

/** Compared without regard to case, so kept in lower case. */
export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email({ error: "email_invalid" }));
/** The rules for a good one are the verb's: they know the person. */
export const password = z.string().max(1_000);
/** Neither line breaks nor other controls: names stand in mails and in headings. */
export const personName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^\P{C}+$/u);
export const token = z.string().max(100);

export const signUpSchema = z.strictObject({
  name: personName,
  company: personName,
  email,
  password,
  country: z.string().refine(isCountry, { error: "country_unknown" }),
  time_zone: z.string().max(60).refine(isTimeZone, { error: "time_zone_unknown" }),
});

export const passwordResetSchema = z.strictObject({ email });
export const newPasswordSchema = z.strictObject({ token, password });

export const changePasswordSchema = z.strictObject({ current: password, password });
export const passwordSchema = z.strictObject({ password });
export const codeSchema = z.strictObject({ code: z.string().trim().max(40) });
