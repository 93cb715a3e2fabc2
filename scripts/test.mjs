import { continueIn, install } from "./install.mjs";

install();
continueIn("scripts/test.ts", process.argv.slice(2));
