"use client";

import { AntdRegistry } from "@ant-design/nextjs-registry";
import { Provider as Motion } from "@rc-component/motion";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App, ConfigProvider } from "antd";
import en from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import zhTW from "antd/locale/zh_TW";
import { NextIntlClientProvider } from "next-intl";
import { type ReactNode, useState } from "react";
import type { Locale } from "#lib/kernel/locale";
import type { Messages } from "../i18n/messages.ts";
import { ApiProblem } from "./merchant/api/problem.ts";
import { AppearanceProvider, useAppearance } from "./merchant/appearance.tsx";
import { useMedia } from "./merchant/pieces/use-media.ts";
import { antdTheme } from "./merchant/theme.ts";
import type { Scheme, Theme } from "./site/appearance.ts";

const antdLocales = { en, "zh-CN": zhCN, "zh-TW": zhTW };
const staleMs = 5_000;
const mostRetries = 2;

export interface FrameProps {
  readonly locale: Locale;
  readonly messages: Partial<Messages>;
  /** IANA name. */
  readonly timeZone: string;
  readonly theme: Theme;
  readonly scheme: Scheme;
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

/** What stands behind every page of the dashboard and of the console: language, look, and the cache of the API. */
export function Frame(props: FrameProps) {
  const [queryClient] = useState(newQueryClient);
  return (
    <AntdRegistry>
      <NextIntlClientProvider locale={props.locale} messages={props.messages} timeZone={props.timeZone}>
        <AppearanceProvider theme={props.theme} scheme={props.scheme}>
          <QueryClientProvider client={queryClient}>
            <Themed locale={props.locale}>{props.children}</Themed>
          </QueryClientProvider>
        </AppearanceProvider>
      </NextIntlClientProvider>
    </AntdRegistry>
  );
}

function Themed({ locale, children }: { locale: Locale; children: ReactNode }) {
  const { scheme } = useAppearance();
  const isStill = useMedia("(prefers-reduced-motion: reduce)");
  return (
    <ConfigProvider locale={antdLocales[locale]} theme={antdTheme(scheme)} button={{ autoInsertSpace: false }}>
      {/* antd waits for the end of an animation before it shows a dialog: where the reader wants none, there must be
          none. The theme's own token for it would build the page anew once the scripts have asked the system. */}
      <Motion motion={!isStill}>
        <App>{children}</App>
      </Motion>
    </ConfigProvider>
  );
}
