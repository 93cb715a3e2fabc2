"use client";

import { useTranslations } from "next-intl";
import type { Channel } from "../../merchant/api/channel-accounts.ts";
import { CredentialsModal } from "../../merchant/channel-accounts/credentials-modal.tsx";
import { type PlatformAccountDetail, usePlatformAccountActions } from "../api/platform-accounts.ts";

interface Props {
  readonly account: PlatformAccountDetail;
  readonly channel: Channel;
  readonly onClose: () => void;
}

/** For every merchant that borrows the account. */
export function ReplacePlatformCredentialsModal({ account, channel, onClose }: Props) {
  const t = useTranslations("console.channels.platform");
  const { replace } = usePlatformAccountActions(account.id);
  return (
    <CredentialsModal
      label={account.label}
      channel={channel}
      consequence={t("replaceConsequence", { count: account.merchants })}
      isPending={replace.isPending}
      error={replace.error}
      replace={(credentials, told) => replace.mutate(credentials, told)}
      onClose={onClose}
    />
  );
}
