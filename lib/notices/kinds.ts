/** What a merchant may be told by mail, each kind on its own switch. */
export const noticeKinds = ["endpoint_off", "credentials_expiring", "unexpected_payment"] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export const mostNoticeAddresses = 5;
