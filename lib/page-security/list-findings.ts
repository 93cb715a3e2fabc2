import { desc } from "drizzle-orm";
import { authorisedScripts, pageChecks, pageViolations } from "#db/schema/page-security";
import { appDatabase } from "#db/tenancy";

const most = 100;

/** For the operators: the latest looks at the payment pages, what browsers reported, and the inventory of scripts. */
export async function listPageFindings() {
  const db = appDatabase();
  const [checks, violations, scripts] = await Promise.all([
    db.select().from(pageChecks).orderBy(desc(pageChecks.number)).limit(most),
    db.select().from(pageViolations).orderBy(desc(pageViolations.lastAt)).limit(most),
    db.select().from(authorisedScripts).orderBy(desc(authorisedScripts.authorisedAt)).limit(most),
  ]);
  return { checks, violations, scripts };
}
