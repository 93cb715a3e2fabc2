"use client";

import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Skeleton, Table, type TableColumnsType } from "antd";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { MouseEvent, ReactNode } from "react";
import type { Page } from "../api/client.ts";
import styles from "./pieces.module.css";
import { ProblemAlert } from "./problem-alert.tsx";
import { useMedia } from "./use-media.ts";

interface Props<Row> {
  /** What the list is called, for a screen reader. */
  readonly label: string;
  readonly result: {
    readonly data: Page<Row> | undefined;
    readonly error: unknown;
    readonly isPlaceholderData?: boolean;
    refetch(): unknown;
  };
  readonly columns: TableColumnsType<Row>;
  readonly density?: "comfortable" | "compact";
  /** The row on a phone: two lines at most. */
  readonly card: (row: Row) => ReactNode;
  readonly hrefOf?: (row: Row) => string;
  /** The row that the keyboard has reached. */
  readonly selected?: string | undefined;
  readonly empty: ReactNode;
  readonly paging?: {
    readonly after: string | undefined;
    next(lastId: string): void;
    previous(): void;
  };
}

const skeletonRows = 8;
/** For a table. */
const tooNarrow = "(max-width: 767px)";

/** A list of objects: a table where there is room, cards on a phone; old rows stay while new ones come. */
export function DataList<Row extends { readonly id: string }>(props: Props<Row>) {
  const { data, error, isPlaceholderData, refetch } = props.result;
  const isPhone = useMedia(tooNarrow);
  if (!data) {
    if (error) return <ProblemAlert error={error} onRetry={refetch} />;
    return (
      <div className={styles.skeleton} aria-busy="true">
        {Array.from({ length: skeletonRows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
          <Skeleton.Node key={row} active styles={{ content: { width: "100%", height: 20 } }} />
        ))}
      </div>
    );
  }
  const isFirstPage = !props.paging?.after;
  return (
    <div className={styles.list} data-stale={isPlaceholderData || undefined}>
      {error ? <ProblemAlert error={error} onRetry={refetch} /> : null}
      {data.data.length === 0 && isFirstPage ? props.empty : <Rows {...props} rows={data.data} isPhone={isPhone} />}
      <Pager paging={props.paging} lastId={data.data.at(-1)?.id} hasMore={data.has_more} />
    </div>
  );
}

function Rows<Row extends { readonly id: string }>(props: Props<Row> & { rows: readonly Row[]; isPhone: boolean }) {
  const router = useRouter();
  const { hrefOf } = props;
  if (props.isPhone) {
    return (
      <ul className={styles.cards} aria-label={props.label}>
        {props.rows.map((row) => (
          <li key={row.id} data-row-key={row.id}>
            {hrefOf ? (
              <Link href={hrefOf(row)} prefetch={false}>
                {props.card(row)}
              </Link>
            ) : (
              props.card(row)
            )}
          </li>
        ))}
      </ul>
    );
  }
  const open = (event: MouseEvent<HTMLElement>, row: Row) => {
    const isOwnBusiness = (event.target as HTMLElement).closest("a, button, input, [role=menuitem]");
    if (!hrefOf || isOwnBusiness || getSelection()?.toString()) return;
    if (event.metaKey || event.ctrlKey) window.open(hrefOf(row), "_blank", "noopener");
    else router.push(hrefOf(row));
  };
  return (
    <Table<Row>
      aria-label={props.label}
      className={`${styles.table} ${hrefOf ? styles.clickable : ""}`}
      columns={props.columns}
      dataSource={[...props.rows]}
      rowKey="id"
      pagination={false}
      size={props.density === "compact" ? "small" : "middle"}
      onRow={(row) => ({
        onClick: (event) => open(event, row),
        ...(row.id === props.selected && { "data-selected": true, "aria-current": true }),
      })}
    />
  );
}

function Pager(props: { paging: Props<never>["paging"]; lastId: string | undefined; hasMore: boolean }) {
  const t = useTranslations("dashboard.list");
  const { paging, lastId } = props;
  if (!paging || (!paging.after && !props.hasMore)) return null;
  return (
    <nav className={styles.pager} aria-label={t("pages")}>
      <Button icon={<LeftOutlined aria-hidden />} disabled={!paging.after} onClick={paging.previous}>
        {t("previous")}
      </Button>
      <Button
        icon={<RightOutlined aria-hidden />}
        iconPlacement="end"
        disabled={!props.hasMore}
        onClick={() => lastId && paging.next(lastId)}
      >
        {t("next")}
      </Button>
    </nav>
  );
}
