import { AppError } from "#lib/kernel/errors";

export class TooManyExports extends AppError {
  constructor(limit: number) {
    super("conflict", "export_limit", { detail: { limit } });
  }
}

export class ExportNotCancelable extends AppError {
  constructor() {
    super("conflict", "export_ended");
  }
}

/** It is still being written, did not succeed, or its time is over. */
export class NoExportFile extends AppError {
  constructor(status: string) {
    super("conflict", "export_no_file", { detail: { status } });
  }
}
