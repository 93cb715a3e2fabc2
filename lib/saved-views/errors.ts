import { AppError } from "#lib/kernel/errors";

export class TooManySavedViews extends AppError {
  constructor(most: number) {
    super("conflict", "too_many_saved_views", { detail: { most } });
  }
}
