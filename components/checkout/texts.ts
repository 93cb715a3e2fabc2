import type en from "#messages/en.json";

/** The checkout's sentences in the shopper's language. */
export type Texts = (typeof en)["checkout"];

/** Puts the values in the places of `{name}`, with the space that Chinese keeps from Latin letters and digits. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/(\p{Script=Han})?\{(\w+)\}(?=(\p{Script=Han})?)/gu, (whole, before, name, after) => {
    if (values[name] === undefined) return whole;
    const value = String(values[name]);
    const left = before && /^\w/.test(value) ? `${before} ` : (before ?? "");
    return left + value + (after && /\w$/.test(value) ? " " : "");
  });
}

/** What a method is called; a method without an entry is called by its own name. */
export function methodName(texts: Texts, method: string): string {
  return (texts.methods.names as Record<string, string>)[method] ?? method;
}

/** The app, or whoever else, in which the shopper confirms. */
export function appName(texts: Texts, method: string): string {
  return (texts.methods.apps as Record<string, string>)[method] ?? methodName(texts, method);
}

/** Why it was declined and what to do next. */
export function declineText(texts: Texts, reason: string | null): string {
  return (texts.declines as Record<string, string>)[reason ?? ""] ?? texts.declines.rejected_by_provider;
}
