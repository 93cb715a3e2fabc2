/** The value of a cookie in a `Cookie` header (RFC 6265, section 5.4), or undefined when there is none of that name. */
export function cookieNamed(header: string | null | undefined, name: string): string | undefined {
  for (const part of (header ?? "").split(";")) {
    const pair = part.trim();
    if (pair.startsWith(`${name}=`)) return pair.slice(name.length + 1);
  }
  return undefined;
}
