import { AppError, InvalidParam } from "#lib/kernel/errors";

/** Its bytes are of none of the kinds that we take, whatever its name says. */
export class FileTypeRefused extends InvalidParam {
  constructor() {
    super("file_type_refused", "file");
  }
}

export class FileTooLarge extends AppError {
  constructor(maxBytes: number) {
    super("too_large", "file_too_large", { param: "file", detail: { megabytes: maxBytes / 1_048_576 } });
  }
}

/** Many were sent and given to nothing. */
export class TooManyFiles extends AppError {
  constructor() {
    super("conflict", "too_many_files", { param: "file" });
  }
}

/** There is no such file, or it is somebody else's, or it was given to something already. */
export class FileUnknown extends InvalidParam {
  constructor(param: string) {
    super("file_unknown", param);
  }
}
