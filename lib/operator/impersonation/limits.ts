/** Of a visit to a merchant's dashboard; the reason is what the merchant reads in its activity log. */
export const visitLimits = { reasonLength: 10, leastMinutes: 5, mostMinutes: 60 } as const;
