"use client";

import { FullscreenOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { PageHead } from "../../merchant/pieces/page-head.tsx";
import { useUrlFilter } from "../../merchant/pieces/use-url-filter.ts";
import { usePlatformOverview } from "../api/overview.ts";
import { PlatformFigures } from "../overview/figures.tsx";
import { ModeSwitch, useMode } from "../pieces/mode-switch.tsx";
import { useConsole } from "../session.tsx";
import { HealthGrid } from "./health-grid.tsx";
import { LiveStream } from "./live-stream.tsx";
import styles from "./wall.module.css";

const minutes = 15;

/** For a screen on the wall: numbers, channels and the stream, without anything to press. */
export function WallPage() {
  const t = useTranslations("console.wall");
  const { may } = useConsole();
  const filter = useUrlFilter(["mode"] as const);
  const mode = useMode(filter.values.mode);
  const { data } = usePlatformOverview(mode, "24");
  const wall = useRef<HTMLDivElement>(null);
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("note", { minutes })}
        action={
          <>
            <ModeSwitch mode={mode} onChange={(value) => filter.set({ mode: value })} />
            <Button
              type="primary"
              icon={<FullscreenOutlined aria-hidden />}
              onClick={() => void wall.current?.requestFullscreen()}
            >
              {t("fullScreen")}
            </Button>
          </>
        }
      />
      <div ref={wall} className={styles.wall}>
        {data && <PlatformFigures overview={data} />}
        <div className={styles.columns}>
          <section aria-label={t("channels")}>
            <HealthGrid mode={mode} minutes={minutes} />
          </section>
          {may("orders:read") && (
            <section aria-label={t("stream")} className={styles.side}>
              <LiveStream mode={mode} />
            </section>
          )}
        </div>
      </div>
    </>
  );
}
