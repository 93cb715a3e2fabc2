"use client";

import type { ReactNode } from "react";
import type { Dashboard } from "#lib/access/open-dashboard";
import type { Locale } from "#lib/kernel/locale";
import type { Messages } from "../../i18n/messages.ts";
import { Frame } from "../frame.tsx";
import type { Scheme, Theme } from "../site/appearance.ts";
import { type Mode, SessionProvider } from "./session.tsx";
import { Shell } from "./shell/shell.tsx";

interface Props {
  readonly locale: Locale;
  readonly messages: Pick<Messages, "dashboard">;
  readonly theme: Theme;
  readonly scheme: Scheme;
  readonly dashboard: Dashboard;
  readonly mode: Mode;
  readonly children: ReactNode;
}

/** Everything that stands behind a dashboard page: language, look, who is signed in, and the cache of /v1. */
export function Providers({ dashboard, mode, children, ...frame }: Props) {
  return (
    <Frame {...frame} timeZone={dashboard.merchant.timeZone}>
      <SessionProvider dashboard={dashboard} mode={mode}>
        <Shell>{children}</Shell>
      </SessionProvider>
    </Frame>
  );
}
