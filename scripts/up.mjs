import { continueIn, install } from "./install.mjs";

install();
continueIn("scripts/up.ts", process.argv.slice(2));
