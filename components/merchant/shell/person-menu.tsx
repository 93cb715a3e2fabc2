"use client";

import { UserOutlined } from "@ant-design/icons";
import { Button, Dropdown, type MenuProps } from "antd";
import { signOut } from "next-auth/react";
import styles from "./shell.module.css";

interface PersonMenuProps {
  readonly person: { readonly name: string; readonly email: string };
  readonly role: string;
  /** Between who it is and signing out. */
  readonly items: NonNullable<NonNullable<MenuProps["items"]>[number]>[];
  readonly texts: { readonly account: string; readonly signOut: string };
  /** Where signing out leads. */
  readonly signIn: string;
}

/** Who is signed in, and what concerns that person. */
export function PersonMenu({ person, role, items, texts, signIn }: PersonMenuProps) {
  const who = (
    <span className={styles.person}>
      <strong>{person.name}</strong>
      <span>{person.email}</span>
      <span>{role}</span>
    </span>
  );
  return (
    <Dropdown
      trigger={["click"]}
      placement="bottomRight"
      menu={{
        items: [
          { key: "person", type: "group", label: who },
          { type: "divider" },
          ...items,
          { key: "sign-out", label: texts.signOut, onClick: () => void signOut({ callbackUrl: signIn }) },
        ],
      }}
    >
      <Button type="text" icon={<UserOutlined aria-hidden />} aria-label={texts.account} />
    </Dropdown>
  );
}
