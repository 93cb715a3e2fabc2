/** Merchant category codes (ISO 18245) that we take. */
export const categories = [
  "4722",
  "5311",
  "5411",
  "5499",
  "5651",
  "5691",
  "5712",
  "5732",
  "5812",
  "5816",
  "5942",
  "5944",
  "5977",
  "5999",
  "7372",
  "8299",
  "8398",
] as const;

/** Those that ask for a closer look: paid long before delivery, easily turned into money, or easily misused. */
export const riskyCategories: ReadonlySet<string> = new Set(["4722", "5816", "5944", "8398"]);
