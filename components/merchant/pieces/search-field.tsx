"use client";

import { SearchOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { useState } from "react";

/** Searches for what was typed on Enter or when the field is left; clearing it searches for nothing. */
export function SearchField(props: {
  readonly label: string;
  readonly value: string | undefined;
  readonly className?: string | undefined;
  readonly onSearch: (text: string | undefined) => void;
}) {
  const { label, value, onSearch } = props;
  const [text, setText] = useState(value ?? "");
  const [searched, setSearched] = useState(value);
  if (value !== searched) {
    setSearched(value);
    setText(value ?? "");
  }
  const search = (typed: string) => {
    const wanted = typed.trim();
    if (wanted !== (value ?? "")) onSearch(wanted || undefined);
  };
  return (
    <Input
      className={props.className}
      prefix={<SearchOutlined aria-hidden />}
      aria-label={label}
      placeholder={label}
      value={text}
      allowClear
      onChange={(event) => setText(event.target.value)}
      onClear={() => onSearch(undefined)}
      onPressEnter={(event) => search(event.currentTarget.value)}
      onBlur={(event) => search(event.currentTarget.value)}
    />
  );
}
