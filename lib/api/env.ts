import type { Context } from "#db/tenancy";
import type { Permission } from "#lib/access/permissions";
import type { Locale } from "#lib/kernel/locale";
import type { OperatorContext } from "#lib/operator/context";

/** Who stands behind a request, once authenticated. */
export interface Principal {
  /** `operator` is one who has the merchant's dashboard open, for a reason and for a time. */
  readonly type: "api_key" | "user" | "operator";
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
    /** In routes of the console. */
    octx: OperatorContext;
  };
  Bindings: { incoming?: { socket?: { remoteAddress?: string } } };
}
