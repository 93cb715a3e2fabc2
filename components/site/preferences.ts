const yearSeconds = 365 * 24 * 60 * 60;

/** Keeps a choice of the reader in a cookie, because the server draws the next page by it. */
export function keepPreference(name: string, value: string): void {
  const secure = location.protocol === "https:" ? ";secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API exists on https only
  document.cookie = `${name}=${value};path=/;max-age=${yearSeconds};samesite=lax${secure}`;
}
