import { SetupError } from "#db/setup-error";

/** Runs a command's work; what the user can put right ends as one sentence, anything else with its stack. */
export async function endInSentence(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof SetupError) console.error(`\n${error.message}\n`);
    else console.error(error);
    process.exit(1);
  }
}
