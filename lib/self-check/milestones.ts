import type postgres from "postgres";

/** Things that somebody who runs the product has to do now and then, and that nothing else leaves a trace of. */
export type Milestone = "backup" | "key_rotation";

/** Notes that it was done just now. */
export async function noteMilestone(owner: postgres.Sql, name: Milestone): Promise<void> {
  await owner`
    insert into internal.milestones (name, at) values (${name}, now())
    on conflict (name) do update set at = excluded.at`;
}
