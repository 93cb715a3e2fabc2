-- The few questions that cross tenants, answered as narrowly as they can be: ids of due work, the row of one sign-in.
-- Owned by the migration's role, so that the app's role needs no right on what stands behind them.

create schema if not exists internal;

-- Enqueues a job inside the caller's transaction.
create or replace function internal.enqueue_job(task text, payload json, run_at timestamptz, job_key text, max_tries int)
returns void language sql security definer set search_path = pg_catalog as $$
  select graphile_worker.add_job(task, payload, run_at => coalesce(run_at, now()), job_key => job_key, max_attempts => max_tries);
$$;

-- Many jobs of one task at once.
create or replace function internal.enqueue_jobs(task text, payloads json, run_at timestamptz, max_tries int)
returns void language sql security definer set search_path = pg_catalog as $$
  select count(*) from graphile_worker.add_jobs(array(
    select json_populate_record(null::graphile_worker.job_spec, json_build_object(
      'identifier', task, 'payload', entry, 'run_at', coalesce(run_at, now()), 'max_attempts', max_tries))
    from json_array_elements(payloads) as entry));
$$;

create or replace function internal.due_orders(before timestamptz, most int)
returns table (merchant_id text, id text, livemode boolean, at timestamptz)
language sql stable security definer set search_path = pg_catalog, public as $$
  select merchant_id, id, livemode, expires_at from orders
  where status in ('pending', 'processing') and expires_at <= before order by expires_at limit most;
$$;

create or replace function internal.due_attempts(before timestamptz, most int)
returns table (merchant_id text, id text, livemode boolean, at timestamptz)
language sql stable security definer set search_path = pg_catalog, public as $$
  select merchant_id, id, livemode, next_query_at from attempts
  where next_query_at is not null and next_query_at <= before order by next_query_at limit most;
$$;

create or replace function internal.due_refunds(before timestamptz, most int)
returns table (merchant_id text, id text, livemode boolean, at timestamptz)
language sql stable security definer set search_path = pg_catalog, public as $$
  select merchant_id, id, livemode, next_try_at from refunds
  where next_try_at is not null and next_try_at <= before order by next_try_at limit most;
$$;

create or replace function internal.due_deliveries(before timestamptz, most int)
returns table (merchant_id text, id text, livemode boolean, at timestamptz)
language sql stable security definer set search_path = pg_catalog, public as $$
  select merchant_id, id, livemode, next_try_at from webhook_deliveries
  where status = 'pending' and next_try_at <= before order by next_try_at limit most;
$$;

-- Merchants whose outbox holds events without a sequence number.
create or replace function internal.outbox_pending(most int)
returns table (merchant_id text)
language sql stable security definer set search_path = pg_catalog, public as $$
  with recursive walk as (
    (select e.merchant_id from events e where e.sequence is null order by e.merchant_id limit 1)
    union all
    select (select e.merchant_id from events e where e.sequence is null and e.merchant_id > walk.merchant_id order by e.merchant_id limit 1)
    from walk where walk.merchant_id is not null
  )
  select walk.merchant_id from walk where walk.merchant_id is not null limit most;
$$;

create or replace function internal.all_merchants()
returns table (merchant_id text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select merchant_id from merchants order by merchant_id;
$$;

create or replace function internal.forget_idempotency_keys(before timestamptz, most int)
returns int language sql security definer set search_path = pg_catalog, public as $$
  with gone as (
    delete from idempotency_keys where ctid in (
      select ctid from idempotency_keys where created_at < before order by created_at limit most for update skip locked)
    returning 1)
  select count(*)::int from gone;
$$;

create or replace function internal.sign_in_user(wanted_email text)
returns table (id text, email text, name text, password_hash text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select id, email, name, password_hash from users where lower(email) = lower(wanted_email);
$$;

create or replace function internal.sign_in_operator(wanted_email text)
returns table (id text, email text, name text, password_hash text, role text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select id, email, name, password_hash, role from operators where lower(email) = lower(wanted_email);
$$;

create or replace function internal.memberships_of(wanted_user text)
returns table (merchant_id text, role text, merchant_name text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select m.merchant_id, m.role, t.name from memberships m join merchants t using (merchant_id)
  where m.user_id = wanted_user order by t.name;
$$;

-- Which pools of job runners are alive. The queue itself gives the jobs of a killed process back only after four hours.
create table if not exists internal.worker_leases (
  pool_id text primary key,
  seen_at timestamptz not null default now()
);

create or replace function internal.renew_worker_leases(pools text[])
returns void language sql security definer set search_path = pg_catalog as $$
  insert into internal.worker_leases (pool_id, seen_at) select unnest(pools), now()
  on conflict (pool_id) do update set seen_at = excluded.seen_at;
$$;

create or replace function internal.end_worker_lease(pool text)
returns void language sql security definer set search_path = pg_catalog as $$
  delete from internal.worker_leases where pool_id = pool;
  select graphile_worker.force_unlock_workers(array[pool]);
$$;

-- Jobs locked before the given moment by a pool not seen since. @returns how many pools that were
create or replace function internal.unlock_lost_jobs(before timestamptz)
returns int language plpgsql security definer set search_path = pg_catalog as $$
declare lost text[];
begin
  delete from internal.worker_leases where seen_at < before;
  select array_agg(distinct locked_by) into lost from graphile_worker.jobs j
  where locked_at < before and not exists (select from internal.worker_leases l where l.pool_id = j.locked_by);
  if lost is null then return 0; end if;
  perform graphile_worker.force_unlock_workers(lost);
  return cardinality(lost);
end $$;

revoke all on all functions in schema internal from public;
