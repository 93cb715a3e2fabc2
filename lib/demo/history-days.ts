/** How far back the demo merchants' past reaches. */
export const historyDays = 90;
