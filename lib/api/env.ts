import type { Context } from "#db/tenancy";
import type { Permission } from "#lib/access/permissions";
import type { Locale } from "#lib/kernel/locale";

/** Who stands behind a request, once authenticated. */
export interface Principal {
  readonly type: "api_key" | "user";
  readonly id: string;
  readonly permissions: ReadonlySet<Permission>;
}

/** What the middleware leaves for the routes. */
export interface ApiEnv {
  Variables: {
    requestId: string;
    locale: Locale;
    ip: string;
    principal: Principal;
    ctx: Context;
  };
  Bindings: { incoming?: { socket?: { remoteAddress?: string } } };
}
