import { pgSchema } from "drizzle-orm/pg-core";

/** Everything the simulated providers keep. The product's own roles may not read it, and the simulators' role reads nothing else. */
export const sim = pgSchema("sim");
