"use client";

import { FullscreenOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { PageHead } from "../../merchant/pieces/page-head.tsx";
import { useUrlFilter } from "../../merchant/pieces/use-url-filter.ts";
import { usePlatformOverview, type World } from "../api/overview.ts";
import { PlatformFigures } from "../overview/figures.tsx";
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
  const mode: World = filter.values.mode === "test" ? "test" : "live";
  const { data } = usePlatformOverview(mode, "24");
  const wall = useRef<HTMLDivElement>(null);
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("note", { minutes })}
        action={
          <>
            <Segmented
              aria-label={t("mode")}
              value={mode}
              options={(["live", "test"] as const).map((value) => ({ value, label: t(`modes.${value}`) }))}
              onChange={(value) => filter.set({ mode: value === "test" ? "test" : undefined })}
            />
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
