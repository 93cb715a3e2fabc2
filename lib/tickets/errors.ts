import { AppError } from "#lib/kernel/errors";

/** It is over: whoever wants to say more reopens it. */
export class TicketClosed extends AppError {
  constructor() {
    super("conflict", "ticket_closed");
  }
}

/** There is nothing to reopen: it is being worked on. */
export class TicketNotOver extends AppError {
  constructor(state: string) {
    super("conflict", "ticket_not_over", { detail: { state } });
  }
}
