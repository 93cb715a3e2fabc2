import type { Ticket } from "../api/tickets.ts";

// In the order in which a person is offered them. The tables' own lists would bring the database into the browser.

export const ticketCategories = [
  "payment",
  "refund",
  "settlement",
  "webhook",
  "account",
  "technical",
  "other",
] as const satisfies readonly Ticket["category"][];

export const ticketPriorities = ["urgent", "high", "normal", "low"] as const satisfies readonly Ticket["priority"][];

export const ticketStates = [
  "open",
  "waiting_for_us",
  "waiting_for_merchant",
  "solved",
  "closed",
] as const satisfies readonly Ticket["state"][];
