"use client";

import type { ReactNode } from "react";
import type { Locale } from "#lib/kernel/locale";
import type { Console } from "#lib/operator/open-console";
import type { Messages } from "../../i18n/messages.ts";
import { Frame } from "../frame.tsx";
import type { Scheme, Theme } from "../site/appearance.ts";
import { EnrolmentPage } from "./account/enrolment-page.tsx";
import { ConsoleProvider } from "./session.tsx";
import { ConsoleShell } from "./shell/shell.tsx";

interface Props {
  readonly locale: Locale;
  /** The dashboard's too: the pieces that lists and facts are made of have their texts there. */
  readonly messages: Pick<Messages, "dashboard" | "console">;
  readonly theme: Theme;
  readonly scheme: Scheme;
  readonly console: Console;
  readonly children: ReactNode;
}

/** Everything that stands behind a page of the operator console. */
export function ConsoleProviders({ console, children, ...frame }: Props) {
  return (
    <Frame {...frame} timeZone={console.timeZone}>
      <ConsoleProvider console={console}>
        <ConsoleShell>{console.mustEnrol ? <EnrolmentPage /> : children}</ConsoleShell>
      </ConsoleProvider>
    </Frame>
  );
}
