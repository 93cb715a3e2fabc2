/** Where a provider sends the browser back to. */
export const redirectPath = "/v1/sign_in/sso/callback";

export function redirectUri(origin: string): string {
  return `${origin}${redirectPath}`;
}
