"use client";

import { AntdRegistry } from "@ant-design/nextjs-registry";
import { Provider as Motion } from "@rc-component/motion";
import { QueryClientProvider } from "@tanstack/react-query";
import { App, ConfigProvider } from "antd";
import en from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import zhTW from "antd/locale/zh_TW";
import { NextIntlClientProvider } from "next-intl";
import { type ReactNode, useState } from "react";
import type { Locale } from "#lib/kernel/locale";
import type { Messages } from "../i18n/messages.ts";
import { ApiCache } from "./merchant/api/cache.ts";
import { AppearanceProvider, useAppearance } from "./merchant/appearance.tsx";
import { useMedia } from "./merchant/pieces/use-media.ts";
import { antdTheme } from "./merchant/theme.ts";
import type { Scheme, Theme } from "./site/appearance.ts";

const antdLocales = { en, "zh-CN": zhCN, "zh-TW": zhTW };

export interface FrameProps {
  readonly locale: Locale;
  readonly messages: Partial<Messages>;
  /** IANA name. */
  readonly timeZone: string;
  readonly theme: Theme;
  readonly scheme: Scheme;
  readonly children: ReactNode;
}

/** What stands behind every page of the dashboard and of the console: language, look, and the cache of the API. */
export function Frame(props: FrameProps) {
  const [cache] = useState(() => new ApiCache());
  return (
    <AntdRegistry>
      <NextIntlClientProvider locale={props.locale} messages={props.messages} timeZone={props.timeZone}>
        <AppearanceProvider theme={props.theme} scheme={props.scheme}>
          <QueryClientProvider client={cache}>
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
