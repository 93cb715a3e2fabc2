import type { NoticeKind } from "#db/schema/merchants";

export type { NoticeKind };

/** Each kind is on its own switch. */
export const noticeKinds = [
  "endpoint_off",
  "credentials_expiring",
  "unexpected_payment",
] as const satisfies readonly NoticeKind[];

export const mostNoticeAddresses = 5;
