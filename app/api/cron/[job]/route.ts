import { runSchedule } from "#lib/jobs/schedules";
import { equalSecrets } from "#lib/kernel/crypto";
import { log } from "#lib/kernel/log";

export const dynamic = "force-dynamic";

/** Runs one named schedule, for hosts that bring their own cron: `Authorization: Bearer $CRON_SECRET`. */
export async function POST(request: Request, { params }: { params: Promise<{ job: string }> }): Promise<Response> {
  const secret = process.env.CRON_SECRET;
  const given = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
  if (!secret || !given || !equalSecrets(given, secret)) return problem(401, "unauthenticated");

  const { job } = await params;
  try {
    const handled = await runSchedule(job);
    return handled === undefined ? problem(404, "not_found") : Response.json({ job, handled });
  } catch (error) {
    log.error({ err: error, job }, "schedule failed");
    return problem(500, "internal");
  }
}

/** Some hosts' schedulers can only send GET. */
export const GET = POST;

function problem(status: number, code: string): Response {
  return Response.json(
    { type: "about:blank", status, code },
    { status, headers: { "content-type": "application/problem+json" } },
  );
}
