"use client";

import { AntdRegistry } from "@ant-design/nextjs-registry";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App, ConfigProvider } from "antd";
import en from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import zhTW from "antd/locale/zh_TW";
import { NextIntlClientProvider } from "next-intl";
import { type ReactNode, useState } from "react";
import type { Dashboard } from "#lib/access/open-dashboard";
import type { Locale } from "#lib/kernel/locale";
import type { Messages } from "../../i18n/messages.ts";
import { ApiProblem } from "./api/problem.ts";
import { AppearanceProvider, useAppearance } from "./appearance.tsx";
import { useMedia } from "./pieces/use-media.ts";
import { type Mode, SessionProvider } from "./session.tsx";
import { Shell } from "./shell/shell.tsx";
import { antdTheme } from "./theme.ts";

const antdLocales = { en, "zh-CN": zhCN, "zh-TW": zhTW };
const staleMs = 5_000;
const mostRetries = 2;

interface Props {
  readonly locale: Locale;
  readonly messages: Pick<Messages, "dashboard">;
  readonly theme: "system" | "light" | "dark";
  readonly scheme: "light" | "dark";
  readonly dashboard: Dashboard;
  readonly mode: Mode;
  readonly children: ReactNode;
}

function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: staleMs,
        // A refusal will be the same the second time; a lost connection may not.
        retry: (count, error) => count < mostRetries && !(error instanceof ApiProblem && error.status < 500),
      },
    },
  });
}

/** Everything that stands behind a dashboard page: language, look, who is signed in, and the cache of /v1. */
export function Providers(props: Props) {
  const [queryClient] = useState(newQueryClient);
  return (
    <AntdRegistry>
      <NextIntlClientProvider
        locale={props.locale}
        messages={props.messages}
        timeZone={props.dashboard.merchant.timeZone}
      >
        <AppearanceProvider theme={props.theme} scheme={props.scheme}>
          <SessionProvider dashboard={props.dashboard} mode={props.mode}>
            <QueryClientProvider client={queryClient}>
              <Themed locale={props.locale}>{props.children}</Themed>
            </QueryClientProvider>
          </SessionProvider>
        </AppearanceProvider>
      </NextIntlClientProvider>
    </AntdRegistry>
  );
}

function Themed({ locale, children }: { locale: Locale; children: ReactNode }) {
  const { scheme } = useAppearance();
  return (
    <ConfigProvider
      locale={antdLocales[locale]}
      theme={antdTheme(scheme, useMedia("(prefers-reduced-motion: reduce)"))}
      button={{ autoInsertSpace: false }}
    >
      <App>
        <Shell>{children}</Shell>
      </App>
    </ConfigProvider>
  );
}
