"use client";

import { type Channel, type ChannelAccount, useChannelAccountActions } from "../api/channel-accounts.ts";
import { CredentialsModal } from "./credentials-modal.tsx";

interface Props {
  readonly account: ChannelAccount;
  readonly channel: Channel;
  readonly onClose: () => void;
}

export function ReplaceCredentialsModal({ account, channel, onClose }: Props) {
  const { change } = useChannelAccountActions();
  return (
    <CredentialsModal
      label={account.label}
      channel={channel}
      isPending={change.isPending}
      error={change.error}
      replace={(credentials, told) => change.mutate({ id: account.id, credentials }, told)}
      onClose={onClose}
    />
  );
}
