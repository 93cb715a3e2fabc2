"use client";

import { RollbackOutlined, SearchOutlined, ShoppingOutlined } from "@ant-design/icons";
import { Modal } from "antd";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useDeferredValue, useEffect, useId, useState } from "react";
import { type FoundJson, shortestSearch, useSearch } from "../api/search.ts";
import { Money } from "../pieces/money.tsx";
import { isState, StateTag } from "../pieces/state-tag.tsx";
import { useSession } from "../session.tsx";
import styles from "./search.module.css";
import { type Command, useActions, usePages } from "./use-commands.tsx";

interface Option extends Command {
  readonly group: "objects" | "pages" | "actions";
  readonly detail?: ReactNode;
}

/** Finds any object by what names it, and any page or action by its name; all of it by keyboard. */
export function Palette(props: { isOpen: boolean; onClose: () => void; onHelp: () => void }) {
  const t = useTranslations("dashboard.search");
  return (
    <Modal
      open={props.isOpen}
      onCancel={props.onClose}
      footer={null}
      closable={false}
      title={null}
      width={640}
      style={{ top: "12vh" }}
      styles={{ container: { padding: 0, overflow: "hidden" }, body: { padding: 0 } }}
      aria-label={t("label")}
      destroyOnHidden
    >
      <Search onClose={props.onClose} onHelp={props.onHelp} />
    </Modal>
  );
}

function Search({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const t = useTranslations("dashboard.search");
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const listId = useId();
  const { options, isSearching } = useOptions(text, onHelp);
  const active = options[Math.min(at, options.length - 1)];
  const choose = (option: Option | undefined) => {
    if (!option) return;
    onClose();
    option.run();
  };
  // Enter came before the answer: its first result is meant.
  const [isAwaited, setAwaited] = useState(false);
  useEffect(() => {
    if (!isAwaited || isSearching) return;
    setAwaited(false);
    choose(active);
  });
  const steer = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && options.length > 0) {
      event.preventDefault();
      const next = (Math.min(at, options.length - 1) + step + options.length) % options.length;
      setAt(next);
      document.getElementById(`${listId}-${options[next]?.key}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (isSearching && !active) setAwaited(true);
      else choose(active);
    }
  };
  return (
    <>
      <div className={styles.field}>
        <SearchOutlined aria-hidden />
        <input
          // biome-ignore lint/a11y/noAutofocus: the reader has just asked for this field
          autoFocus
          role="combobox"
          aria-expanded={options.length > 0}
          aria-controls={listId}
          aria-activedescendant={active ? `${listId}-${active.key}` : undefined}
          aria-autocomplete="list"
          aria-label={t("label")}
          placeholder={t("placeholder")}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
            setAwaited(false);
          }}
          onKeyDown={steer}
        />
        <kbd>esc</kbd>
      </div>
      <div id={listId} role="listbox" aria-label={t("results")} className={styles.list} tabIndex={-1}>
        {(["objects", "pages", "actions"] as const).map((group) => {
          const mine = options.filter((option) => option.group === group);
          return mine.length === 0 ? null : (
            // biome-ignore lint/a11y/useSemanticElements: a listbox's groups are named by role
            <div key={group} role="group" aria-label={t(`groups.${group}`)}>
              <p aria-hidden="true">{t(`groups.${group}`)}</p>
              {mine.map((option) => (
                <OptionRow
                  key={option.key}
                  id={`${listId}-${option.key}`}
                  option={option}
                  isActive={option === active}
                  onChoose={() => choose(option)}
                  onPoint={() => setAt(options.indexOf(option))}
                />
              ))}
            </div>
          );
        })}
      </div>
      <p className={styles.foot} role="status">
        {options.length === 0 ? t(isSearching ? "searching" : "nothing") : t("hint")}
      </p>
    </>
  );
}

function OptionRow(props: {
  id: string;
  option: Option;
  isActive: boolean;
  onChoose: () => void;
  onPoint: () => void;
}) {
  const { option } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard is with the field, which names the active option
    // biome-ignore lint/a11y/useFocusableInteractive: the same
    <div
      id={props.id}
      role="option"
      aria-selected={props.isActive}
      className={styles.option}
      onClick={props.onChoose}
      onMouseMove={props.onPoint}
    >
      <span className={styles.icon} aria-hidden="true">
        {option.icon}
      </span>
      <span className={styles.text}>{option.name}</span>
      {option.detail && <span className={styles.detail}>{option.detail}</span>}
      {option.keys && <Keys keys={option.keys} />}
    </div>
  );
}

export function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <span className={styles.keys}>
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}

function useOptions(text: string, onHelp: () => void): { options: Option[]; isSearching: boolean } {
  const t = useTranslations("dashboard.search");
  const { can } = useSession();
  const router = useRouter();
  const pages = usePages();
  const actions = useActions(onHelp);
  const asked = useDeferredValue(text);
  const result = useSearch(asked, can("orders:read"));
  // What an earlier text found must not be opened by an Enter that meant this one.
  const isStale = asked !== text || result.isPlaceholderData;
  const wanted = text.trim().toLocaleLowerCase();
  const isNamed = ({ name }: Command) => name.toLocaleLowerCase().includes(wanted);
  const found = wanted.length < shortestSearch || isStale ? [] : (result.data?.data ?? []);
  return {
    options: [
      ...found.map((one) => ({
        group: "objects" as const,
        key: one.id,
        icon: one.type === "order" ? <ShoppingOutlined aria-hidden /> : <RollbackOutlined aria-hidden />,
        name: t(one.type, { number: one.number }),
        detail: <FoundDetail found={one} />,
        run: () => router.push(`/dashboard/orders/${one.order}`),
      })),
      ...pages.filter(isNamed).map((page) => ({ ...page, group: "pages" as const })),
      ...actions.filter(isNamed).map((action) => ({ ...action, group: "actions" as const })),
    ],
    isSearching: result.isFetching || (asked !== text && wanted.length >= shortestSearch),
  };
}

function FoundDetail({ found }: { found: FoundJson }) {
  const state = found.type === "order" && found.status === "pending" ? "unpaid" : found.status;
  return (
    <>
      <Money minor={found.amount} currency={found.currency} />
      {isState(state) && <StateTag state={state} />}
    </>
  );
}
