import "./load-environment.ts";
import { connect } from "#db/client";
import { SetupError } from "#db/setup-error";
import { AppError } from "#lib/kernel/errors";
import { firstOperator } from "#lib/operator/people/first-operator";
import { resetSecondFactorLocally } from "#lib/operator/people/reset-second-factor";
import { openDatabase } from "./database.ts";
import { portFrom } from "./environment.ts";
import { endInSentence } from "./say.ts";

const resetFlag = "--reset-second-factor";

/**
 * `npm run operator -- name@company.example "Full Name"`: an administrator of the console, or a new link for one; with
 * `--reset-second-factor` the authenticator is taken away from one who lost it.
 */
await endInSentence(async () => {
  const isReset = process.argv.includes(resetFlag);
  const [email = "", name = email] = process.argv.slice(2).filter((word) => word !== resetFlag);
  if (!/^\S+@\S+\.\S+$/.test(email)) {
    throw new SetupError('Say whom: npm run operator -- name@company.example "Full Name"');
  }
  const publicUrl = process.env.PUBLIC_URL || `http://localhost:${portFrom(process.env, "PORT", 3000)}`;
  const database = await openDatabase(process.env.DATABASE_URL, process.cwd());
  const owner = connect(database.ownerUrl, { max: 1, applicationName: "globalpaylink-operator", timeoutMs: 30_000 });
  try {
    if (isReset) {
      await resetSecondFactorLocally(owner.db, { email, now: new Date() }).catch((error: unknown) => {
        if (error instanceof AppError) throw new SetupError(`${email} is no operator with two-step sign-in.`);
        throw error;
      });
      console.log(`${email} is signed out everywhere and signs in with the password alone until a new app is set up.`);
      return;
    }
    const token = await firstOperator(owner.db, { email, name, now: new Date() }).catch((error: unknown) => {
      if (error instanceof AppError)
        throw new SetupError(`${email} was an operator once; a colleague can add them again.`);
      throw error;
    });
    console.log(
      `${name} chooses a password here, once, within 24 hours:\n\n  ${publicUrl}/console/password?token=${token}\n`,
    );
  } finally {
    await owner.client.end({ timeout: 1 });
    if (database.embedded && !database.embedded.attached) await database.embedded.stop();
  }
});
