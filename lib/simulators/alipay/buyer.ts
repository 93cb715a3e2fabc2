/** The one test shopper of this provider, as its answers show them: names masked. */
export const buyer = {
  userId: "2088722003899991",
  openId: "074a1CcTG1LelxKe4xQC0zgNdId0nxi95b5lsNpazWYoCo5",
  logonId: "tes***@sandbox.com",
  /** The counterparty column of a bill. */
  billName: "*试(tes***@sandbox.com)",
} as const;
