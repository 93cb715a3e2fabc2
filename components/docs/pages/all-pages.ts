import { keyLimit } from "#lib/api/middleware/rate-limit";
import { apiOnlyGuide } from "./api-only-guide.ts";
import type { DocsPage } from "./content.ts";
import { idempotencyPage } from "./idempotency.ts";
import { keysPage } from "./keys.ts";
import { limitsPage } from "./limits.ts";
import { miniProgramGuide } from "./mini-program-guide.ts";
import { signingPage } from "./signing.ts";
import { singleSignOnPage } from "./single-sign-on.ts";
import { testingPage } from "./testing.ts";
import { versioningPage } from "./versioning.ts";
import { webGuide } from "./web-guide.ts";

/** Every page that is written as data. */
export const contentPages: readonly DocsPage[] = [
  keysPage,
  testingPage,
  webGuide,
  miniProgramGuide,
  apiOnlyGuide,
  signingPage,
  singleSignOnPage,
  idempotencyPage,
  limitsPage(keyLimit),
  versioningPage,
];
