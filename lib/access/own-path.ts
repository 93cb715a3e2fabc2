/** The path to go on to after signing in; anything that could lead to another site becomes `fallback`. */
export function ownPath(wanted: unknown, fallback: string): string {
  // A browser reads "\" as "/", and drops tabs and line breaks: "/\t/evil" is another host.
  if (typeof wanted !== "string" || !/^\/(?![/\\])[\x21-\x7e]*$/.test(wanted) || wanted.includes("\\")) return fallback;
  return wanted;
}
