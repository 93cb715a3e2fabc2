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

-- What is due, by the real time or, in test mode, by the clock that its merchant has moved. `at` is a real time.
create or replace function internal.due_orders(before timestamptz, most int)
returns table (merchant_id text, id text, livemode boolean, at timestamptz)
language sql stable security definer set search_path = pg_catalog, public as $$
  with moved as materialized (
    select m.merchant_id, m.test_clock_offset_ms * interval '1 millisecond' as ahead from merchants m where m.test_clock_offset_ms <> 0)
  (select o.merchant_id, o.id, o.livemode, o.expires_at from orders o
    where o.status in ('pending', 'processing') and o.expires_at <= before
      and (o.livemode or o.merchant_id not in (select moved.merchant_id from moved))
    order by o.expires_at limit most)
  union all
  (select o.merchant_id, o.id, o.livemode, o.expires_at - moved.ahead from moved join orders o using (merchant_id)
    where o.status in ('pending', 'processing') and not o.livemode and o.expires_at <= before + moved.ahead limit most);
$$;

create or replace function internal.due_attempts(before timestamptz, most int)
returns table (merchant_id text, id text, livemode boolean, at timestamptz)
language sql stable security definer set search_path = pg_catalog, public as $$
  with moved as materialized (
    select m.merchant_id, m.test_clock_offset_ms * interval '1 millisecond' as ahead from merchants m where m.test_clock_offset_ms <> 0)
  (select a.merchant_id, a.id, a.livemode, a.next_query_at from attempts a
    where a.next_query_at is not null and a.next_query_at <= before
      and (a.livemode or a.merchant_id not in (select moved.merchant_id from moved))
    order by a.next_query_at limit most)
  union all
  (select a.merchant_id, a.id, a.livemode, a.next_query_at - moved.ahead from moved join attempts a using (merchant_id)
    where a.next_query_at is not null and not a.livemode and a.next_query_at <= before + moved.ahead limit most);
$$;

create or replace function internal.due_refunds(before timestamptz, most int)
returns table (merchant_id text, id text, livemode boolean, at timestamptz)
language sql stable security definer set search_path = pg_catalog, public as $$
  with moved as materialized (
    select m.merchant_id, m.test_clock_offset_ms * interval '1 millisecond' as ahead from merchants m where m.test_clock_offset_ms <> 0)
  (select r.merchant_id, r.id, r.livemode, r.next_try_at from refunds r
    where r.next_try_at is not null and r.next_try_at <= before
      and (r.livemode or r.merchant_id not in (select moved.merchant_id from moved))
    order by r.next_try_at limit most)
  union all
  (select r.merchant_id, r.id, r.livemode, r.next_try_at - moved.ahead from moved join refunds r using (merchant_id)
    where r.next_try_at is not null and not r.livemode and r.next_try_at <= before + moved.ahead limit most);
$$;

create or replace function internal.due_deliveries(before timestamptz, most int)
returns table (merchant_id text, id text, livemode boolean, at timestamptz)
language sql stable security definer set search_path = pg_catalog, public as $$
  with moved as materialized (
    select m.merchant_id, m.test_clock_offset_ms * interval '1 millisecond' as ahead from merchants m where m.test_clock_offset_ms <> 0)
  (select d.merchant_id, d.id, d.livemode, d.next_try_at from webhook_deliveries d
    where d.status = 'pending' and d.next_try_at <= before
      and (d.livemode or d.merchant_id not in (select moved.merchant_id from moved))
    order by d.next_try_at limit most)
  union all
  (select d.merchant_id, d.id, d.livemode, d.next_try_at - moved.ahead from moved join webhook_deliveries d using (merchant_id)
    where d.status = 'pending' and not d.livemode and d.next_try_at <= before + moved.ahead limit most);
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

-- Demo merchants whose past is being made: only theirs is a test clock behind the real time.
create or replace function internal.demo_merchants_under_way()
returns table (merchant_id text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select m.merchant_id from merchants m where m.test_clock_offset_ms < 0 order by m.merchant_id;
$$;

-- Worlds whose newest events are neither counted for the overview nor indexed for search.
create or replace function internal.events_to_follow(before timestamptz, most int)
returns table (merchant_id text, livemode boolean)
language sql stable security definer set search_path = pg_catalog, public as $$
  select s.merchant_id, s.livemode from event_sequences s
  left join event_cursors c on c.merchant_id = s.merchant_id and c.livemode = s.livemode
  left join merchants m on m.merchant_id = s.merchant_id
  where s.last > coalesce(c.sequence, 0)
    -- The moment was written by the merchant's own clock.
    and coalesce(c.next_at, '-infinity') <= before
      + case when s.livemode then 0 else coalesce(m.test_clock_offset_ms, 0) end * interval '1 millisecond'
  order by c.next_at nulls first limit most;
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
  select id, email, name, password_hash, role from operators where lower(email) = lower(wanted_email) and ended_at is null;
$$;

-- Who of the platform's staff is signed in, and since when not.
create or replace function internal.operator_presence(at timestamptz)
returns table (person_id text, open bigint, last_seen_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public as $$
  select s.person_id, count(*) filter (where s.ended_at is null and s.expires_at > at), max(s.last_seen_at)
  from person_sessions s where s.realm = 'operator' group by s.person_id;
$$;

create or replace function internal.memberships_of(wanted_user text)
returns table (merchant_id text, role text, merchant_name text, role_name text, permissions jsonb)
language sql stable security definer set search_path = pg_catalog, public as $$
  select m.merchant_id, m.role, t.name, r.name, r.permissions
  from memberships m join merchants t using (merchant_id)
  left join roles r on r.merchant_id = m.merchant_id and r.id = m.role
  where m.user_id = wanted_user order by t.name;
$$;

-- Names of the people who stand in a merchant's audit log, also of those who have left it.
create or replace function internal.names_in_audit_log(merchant text, wanted text[])
returns table (id text, name text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select u.id, u.name from users u
  where u.id = any (wanted) and exists (
    select from audit_log a where a.merchant_id = merchant and a.actor_id = u.id and a.actor_type = 'user');
$$;

-- When keys were last used, collected by a process over a few seconds.
create or replace function internal.note_key_uses(uses json)
returns void language sql security definer set search_path = pg_catalog, public as $$
  update api_keys k set last_used_at = u.at
  from json_to_recordset(uses) as u(merchant_id text, id text, at timestamptz)
  where k.merchant_id = u.merchant_id and k.id = u.id and (k.last_used_at is null or k.last_used_at < u.at);
$$;

-- What several merchants' programs asked for, collected by a process over half a second.
create or replace function internal.keep_requests(entries json)
returns void language sql security definer set search_path = pg_catalog, public as $$
  insert into request_log select * from json_populate_recordset(null::request_log, entries) on conflict do nothing;
$$;

create or replace function internal.forget_requests(before timestamptz, most int)
returns int language sql security definer set search_path = pg_catalog, public as $$
  with gone as (
    delete from request_log where ctid in (
      select ctid from request_log where created_at < before order by created_at limit most for update skip locked)
    returning 1)
  select count(*)::int from gone;
$$;

create or replace function internal.forget_nonces(before timestamptz, most int)
returns int language sql security definer set search_path = pg_catalog, public as $$
  with gone as (
    delete from request_nonces where ctid in (
      select ctid from request_nonces where created_at < before order by created_at limit most for update skip locked)
    returning 1)
  select count(*)::int from gone;
$$;

-- What the activity log says of shoppers' whereabouts for these objects of the transaction's merchant is forgotten. The
-- digest of what stood there takes its place, so that the hash chain still agrees; nothing else of an entry can be changed.
create or replace function internal.digest_of_person(a audit_log)
returns text language sql immutable set search_path = pg_catalog, public as $$
  select coalesce(a.personal_digest, encode(sha256(convert_to(json_build_array(
    a.personal_salt, a.personal::text, a.ip, a.user_agent)::text, 'UTF8')), 'hex'));
$$;

create or replace function internal.forget_shopper_visits(objects text[])
returns int language sql security definer set search_path = pg_catalog, public as $$
  with gone as (
    update audit_log a
    set personal_digest = internal.digest_of_person(a), personal_salt = null, personal = null, ip = null, user_agent = null
    where a.merchant_id = current_setting('app.merchant_id', true) and a.object_id = any (objects)
      and a.actor_type = 'shopper' and a.personal_digest is null
    returning 1)
  select count(*)::int from gone;
$$;

-- What retention says is over (lib/privacy/retention.ts). A window, so that the block ranges of these tables are enough to
-- find it; one that was missed for a month is found by no later run but by an administrator.
create or replace function internal.forget_visits(after timestamptz, before timestamptz, most int)
returns int language sql security definer set search_path = pg_catalog, public as $$
  with gone as (
    update audit_log a
    set personal_digest = internal.digest_of_person(a), personal_salt = null, personal = null, ip = null, user_agent = null
    where a.ctid in (
      select b.ctid from audit_log b
      where b.recorded_at > after and b.recorded_at <= before and b.actor_type = 'shopper' and b.personal_digest is null
      limit most for update skip locked)
    returning 1)
  select count(*)::int from gone;
$$;

create or replace function internal.forget_notification_bodies(after timestamptz, before timestamptz, most int)
returns int language sql security definer set search_path = pg_catalog, public as $$
  with gone as (
    update channel_notifications n set body = '[erased]'
    where n.ctid in (
      select m.ctid from channel_notifications m
      where m.received_at > after and m.received_at <= before and m.body <> '[erased]' limit most for update skip locked)
    returning 1)
  select count(*)::int from gone;
$$;

create or replace function internal.end_privacy_files(now_at timestamptz, most int)
returns int language sql security definer set search_path = pg_catalog, public as $$
  with gone as (
    update privacy_requests p set sealed_file = null, sealed_subject = null
    where (p.merchant_id, p.id) in (
      select merchant_id, id from privacy_requests
      where expires_at <= now_at and (sealed_file is not null or sealed_subject is not null) limit most for update skip locked)
    returning 1)
  select count(*)::int from gone;
$$;

-- The e-mail address with which the transaction's merchant once invited somebody who has now deleted the account.
create or replace function internal.forget_invited_person(address text)
returns void language sql security definer set search_path = pg_catalog, public as $$
  update audit_log a
  set personal_digest = internal.digest_of_person(a), personal_salt = null, personal = null, ip = null, user_agent = null
  where a.merchant_id = current_setting('app.merchant_id', true) and a.personal_digest is null
    and a.verb in ('invitation.create', 'invitation.revoke', 'member.provision')
    and lower(a.personal ->> 'email') = lower(address);
  update invitations set email = id || '@erased.invalid'
  where merchant_id = current_setting('app.merchant_id', true) and lower(email) = lower(address);
$$;

-- Everything that says who a person was; the row stays, because entries of activity logs name its id. Nobody can sign in
-- with it: its address takes no mail, and no password has an empty hash.
create or replace function internal.forget_user(wanted_user text)
returns void language sql security definer set search_path = pg_catalog, public as $$
  delete from mails where lower(recipient) = (select lower(email) from users where id = wanted_user);
  delete from mailed_links where lower(email) = (select lower(email) from users where id = wanted_user);
  delete from recovery_codes where realm = 'merchant' and person_id = wanted_user;
  delete from second_factors where realm = 'merchant' and person_id = wanted_user;
  delete from passkeys where user_id = wanted_user;
  delete from person_sessions where realm = 'merchant' and person_id = wanted_user;
  update users set email = wanted_user || '@erased.invalid', name = '', password_hash = ''
  where id = wanted_user and not exists (select from memberships m where m.user_id = wanted_user);
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

-- What waits, for the metrics. Bounded, so that a long queue does not make asking slow.
create or replace function internal.measure_work()
returns table (jobs_ready bigint, jobs_running bigint, jobs_failed bigint, events_waiting bigint,
  deliveries_pending bigint, delivery_late_s float8, workers bigint)
language sql stable security definer set search_path = pg_catalog, public as $$
  select
    (select count(*) from graphile_worker._private_jobs j
      where j.locked_at is null and j.attempts < j.max_attempts and j.run_at <= now()),
    (select count(*) from graphile_worker._private_jobs j where j.locked_at is not null),
    (select count(*) from graphile_worker._private_jobs j where j.attempts >= j.max_attempts and j.locked_at is null),
    (select count(*) from (select from events e where e.sequence is null limit 100000) e),
    (select count(*) from (
      select from webhook_deliveries d where d.status = 'pending' and d.next_try_at is not null limit 100000) d),
    (select coalesce(greatest(0, extract(epoch from now() - min(d.next_try_at))), 0)::float8
      from webhook_deliveries d where d.status = 'pending' and d.next_try_at is not null),
    (select count(*) from internal.worker_leases l where l.seen_at > now() - interval '1 minute');
$$;

-- What somebody who runs the product did last: backups and new keys leave no other trace in the database.
create table if not exists internal.milestones (
  name text primary key,
  at timestamptz not null
);

-- For the self-check, whichever role asks. Each a look at an index or at a small table.
create or replace function internal.measure_health()
returns table (migrations text[], job_late_s float8, seal_late_s float8, certificates_ending int,
  last_backup timestamptz, last_rotation timestamptz, running_since timestamptz)
language sql stable security definer set search_path = pg_catalog, public as $$
  with waiting as (
    select extract(epoch from now() - j.run_at)::float8 as late_s, t.identifier
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.locked_at is null and j.attempts < j.max_attempts and j.run_at <= now() order by j.run_at limit 10000)
  select
    (select array_agg(m.hash order by m.created_at) from drizzle.__drizzle_migrations m),
    (select coalesce(max(late_s), 0) from waiting),
    (select coalesce(max(late_s), 0) from waiting where identifier = 'seal_transfers'),
    (select count(*)::int from channel_accounts a where a.livemode and a.status = 'enabled' and a.expiry_warned_days <= 7)
      + (select count(*)::int from platform_channel_accounts p
         where p.livemode and p.status = 'enabled' and p.expires_at < now() + interval '7 days'),
    (select at from internal.milestones where name = 'backup'),
    (select at from internal.milestones where name = 'key_rotation'),
    (select min(created_at) from merchants);
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

-- People, who belong to no single merchant: their tables are closed to the app's role, and each question has its function.

create or replace function internal.create_user(new_id text, new_email text, new_name text, new_password_hash text, at timestamptz)
returns boolean language sql security definer set search_path = pg_catalog, public as $$
  with made as (
    insert into users (id, email, name, password_hash, created_at) values (new_id, new_email, new_name, new_password_hash, at)
    on conflict do nothing returning 1)
  select exists (select from made);
$$;

-- Whether a code is asked for after the password.
create or replace function internal.has_second_factor(in_realm text, person text)
returns boolean language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (
    select from second_factors f where f.realm = in_realm and f.person_id = person and f.confirmed_at is not null);
$$;

create or replace function internal.person(in_realm text, person text)
returns table (id text, email text, name text, password_hash text, totp_secret text, totp_on boolean, recovery_codes int)
language sql stable security definer set search_path = pg_catalog, public as $$
  select p.id, p.email, p.name, p.password_hash, f.secret, f.confirmed_at is not null,
    (select count(*)::int from recovery_codes c where c.realm = in_realm and c.person_id = p.id and c.used_at is null)
  from (
    select u.id, u.email, u.name, u.password_hash from users u where in_realm = 'merchant' and u.id = person
    union all
    select o.id, o.email, o.name, o.password_hash from operators o
    where in_realm = 'operator' and o.id = person and o.ended_at is null) p
  left join second_factors f on f.realm = in_realm and f.person_id = p.id;
$$;

create or replace function internal.set_password(wanted_user text, new_password_hash text)
returns void language sql security definer set search_path = pg_catalog, public as $$
  update users set password_hash = new_password_hash where id = wanted_user;
$$;

-- The people of the merchant that the transaction has named, no other's.
create or replace function internal.team_people()
returns table (id text, email text, name text, has_second_factor boolean, last_seen_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public as $$
  select u.id, u.email, u.name,
    internal.has_second_factor('merchant', u.id),
    (select max(s.last_seen_at) from person_sessions s where s.realm = 'merchant' and s.person_id = u.id)
  from memberships m join users u on u.id = m.user_id
  where m.merchant_id = current_setting('app.merchant_id', true);
$$;

-- Whom to tell what the platform decides about the merchant that the transaction has named.
create or replace function internal.owners_to_tell()
returns table (email text, name text, language text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select u.email, u.name, u.language from memberships m join users u on u.id = m.user_id
  where m.merchant_id = current_setting('app.merchant_id', true) and m.role = 'owner' order by m.created_at limit 10;
$$;

-- Who of them has a passkey. No second factor: the password alone may still open the account.
create or replace function internal.team_passkey_holders()
returns table (id text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select m.user_id from memberships m
  where m.merchant_id = current_setting('app.merchant_id', true)
    and exists (select from passkeys p where p.user_id = m.user_id);
$$;

create or replace function internal.start_session(
  new_id text, new_realm text, person text, from_ip text, agent text, device text, at timestamptz, until timestamptz)
returns table (is_new_device boolean, is_first boolean)
language sql security definer set search_path = pg_catalog, public as $$
  insert into person_sessions (id, realm, person_id, ip, user_agent, device_hash, created_at, last_seen_at, expires_at)
  values (new_id, new_realm, person, from_ip, agent, device, at, at, until)
  returning
    not exists (select from person_sessions s where s.realm = new_realm and s.person_id = person and s.device_hash = device and s.id <> new_id),
    not exists (select from person_sessions s where s.realm = new_realm and s.person_id = person and s.id <> new_id);
$$;

create or replace function internal.live_session(wanted_id text, wanted_realm text, person text, at timestamptz)
returns boolean language sql security definer set search_path = pg_catalog, public as $$
  -- Seen is good enough to the minute: reading must not write each time.
  with seen as (
    update person_sessions set last_seen_at = at
    where id = wanted_id and ended_at is null and last_seen_at < at - interval '1 minute')
  select exists (
    select from person_sessions
    where id = wanted_id and realm = wanted_realm and person_id = person and ended_at is null and expires_at > at);
$$;

create or replace function internal.sessions_of(wanted_realm text, person text, at timestamptz)
returns table (id text, ip text, user_agent text, created_at timestamptz, last_seen_at timestamptz, expires_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public as $$
  select id, ip, user_agent, created_at, last_seen_at, expires_at from person_sessions
  where realm = wanted_realm and person_id = person and ended_at is null and expires_at > at
  order by last_seen_at desc, id limit 100;
$$;

-- One session of a person, or with no id all of them but the one to keep. @returns those ended
create or replace function internal.end_sessions(wanted_realm text, person text, wanted_id text, keep text, at timestamptz)
returns table (id text) language sql security definer set search_path = pg_catalog, public as $$
  update person_sessions s set ended_at = at
  where s.realm = wanted_realm and s.person_id = person and s.ended_at is null and s.expires_at > at
    and (wanted_id is null or s.id = wanted_id) and (keep is null or s.id <> keep)
  returning s.id;
$$;

create or replace function internal.keep_link(link_hash text, link_kind text, to_email text, data jsonb, at timestamptz, until timestamptz)
returns void language sql security definer set search_path = pg_catalog, public as $$
  insert into mailed_links (hash, kind, email, payload, created_at, expires_at) values (link_hash, link_kind, to_email, data, at, until);
$$;

-- Uses a link up. No row: it never was, was used, or is too old.
create or replace function internal.take_link(link_hash text, link_kind text, at timestamptz)
returns table (email text, payload jsonb) language sql security definer set search_path = pg_catalog, public as $$
  update mailed_links set used_at = at, payload = '{}'
  from (select hash, payload as given from mailed_links where hash = link_hash for update) as before
  where mailed_links.hash = before.hash and kind = link_kind and used_at is null and expires_at > at
  returning mailed_links.email, before.given;
$$;

create or replace function internal.begin_totp(in_realm text, person text, sealed text, at timestamptz)
returns boolean language sql security definer set search_path = pg_catalog, public as $$
  with begun as (
    insert into second_factors as f (realm, person_id, secret, created_at) values (in_realm, person, sealed, at)
    on conflict (realm, person_id) do update set secret = sealed, step = 0, created_at = at where f.confirmed_at is null
    returning 1)
  select exists (select from begun);
$$;

-- Takes the code of a step, and of no step before it: a code that was seen on the wire works no second time.
create or replace function internal.take_totp_step(in_realm text, person text, taken_step int)
returns boolean language sql security definer set search_path = pg_catalog, public as $$
  with taken as (
    update second_factors set step = taken_step
    where realm = in_realm and person_id = person and step < taken_step returning 1)
  select exists (select from taken);
$$;

-- Switches the authenticator on together with its recovery codes, or gives a new set; with none it is off.
create or replace function internal.set_recovery_codes(in_realm text, person text, hashes text[], at timestamptz)
returns void language sql security definer set search_path = pg_catalog, public as $$
  delete from recovery_codes where realm = in_realm and person_id = person;
  insert into recovery_codes (realm, person_id, hash) select in_realm, person, unnest(hashes);
  delete from second_factors where realm = in_realm and person_id = person and cardinality(hashes) = 0;
  update second_factors set confirmed_at = coalesce(confirmed_at, at) where realm = in_realm and person_id = person;
$$;

create or replace function internal.take_recovery_code(in_realm text, person text, code_hash text, at timestamptz)
returns boolean language sql security definer set search_path = pg_catalog, public as $$
  with taken as (
    update recovery_codes set used_at = at
    where realm = in_realm and person_id = person and hash = code_hash and used_at is null returning 1)
  select exists (select from taken);
$$;

-- What a browser was given to come back with (passkeys, single sign-on).
create or replace function internal.keep_challenge(challenge_hash text, challenge_kind text, browser text, sealed_text text, at timestamptz, until timestamptz)
returns void language sql security definer set search_path = pg_catalog, public as $$
  insert into browser_challenges (hash, kind, browser_hash, sealed, created_at, expires_at)
  values (challenge_hash, challenge_kind, browser, sealed_text, at, until);
$$;

-- Uses a challenge up, also when it is too old. No row: it never was, was used, or was another browser's.
create or replace function internal.take_challenge(challenge_hash text, challenge_kind text, browser text, at timestamptz)
returns table (sealed text) language sql security definer set search_path = pg_catalog, public as $$
  with taken as (
    delete from browser_challenges
    where hash = challenge_hash and kind = challenge_kind and browser_hash = browser returning sealed, expires_at)
  select taken.sealed from taken where expires_at > at;
$$;

create or replace function internal.forget_challenges(before timestamptz, most int)
returns int language sql security definer set search_path = pg_catalog, public as $$
  with gone as (
    delete from browser_challenges where hash in (
      select hash from browser_challenges where expires_at < before order by expires_at limit most) returning 1)
  select count(*)::int from gone;
$$;

create or replace function internal.passkeys_of(wanted_user text)
returns table (id text, credential_id text, transports jsonb, is_synced boolean, name text, created_at timestamptz, last_used_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public as $$
  select id, credential_id, transports, is_synced, name, created_at, last_used_at from passkeys
  where user_id = wanted_user order by created_at, id limit 100;
$$;

create or replace function internal.passkey(wanted_credential text)
returns table (id text, user_id text, email text, name text, public_key text, counter bigint, transports jsonb)
language sql stable security definer set search_path = pg_catalog, public as $$
  select p.id, p.user_id, u.email, u.name, p.public_key, p.counter, p.transports
  from passkeys p join users u on u.id = p.user_id where p.credential_id = wanted_credential;
$$;

-- @returns false when the person has as many as allowed, or the credential is somebody's already
create or replace function internal.add_passkey(
  new_id text, person text, credential text, key text, count_now bigint, how jsonb, synced boolean, called text, at timestamptz, most int)
returns boolean language sql security definer set search_path = pg_catalog, public as $$
  with made as (
    insert into passkeys (id, user_id, credential_id, public_key, counter, transports, is_synced, name, created_at)
    select new_id, person, credential, key, count_now, how, synced, called, at
    where (select count(*) from passkeys p where p.user_id = person) < most
    on conflict do nothing returning 1)
  select exists (select from made);
$$;

-- Of two answers with one count only the first is good: a copied authenticator shows.
create or replace function internal.use_passkey(wanted_id text, new_count bigint, synced boolean, at timestamptz)
returns boolean language sql security definer set search_path = pg_catalog, public as $$
  with used as (
    update passkeys set counter = new_count, is_synced = synced, last_used_at = at
    where id = wanted_id and (new_count > counter or (new_count = 0 and counter = 0)) returning 1)
  select exists (select from used);
$$;

create or replace function internal.rename_passkey(person text, wanted_id text, called text)
returns boolean language sql security definer set search_path = pg_catalog, public as $$
  with renamed as (update passkeys set name = called where user_id = person and id = wanted_id returning 1)
  select exists (select from renamed);
$$;

create or replace function internal.remove_passkey(person text, wanted_id text)
returns table (name text) language sql security definer set search_path = pg_catalog, public as $$
  delete from passkeys where user_id = person and id = wanted_id returning name;
$$;

-- Whose provider answers for an e-mail domain: the merchant that has proven it first.
create or replace function internal.sso_of_domain(wanted_domain text)
returns text language sql stable security definer set search_path = pg_catalog, public as $$
  select d.merchant_id from sso_domains d join sso_connections c using (merchant_id)
  where d.domain = wanted_domain and d.verified_at is not null order by d.verified_at, d.merchant_id limit 1;
$$;

-- Whether another merchant than the one that the transaction has named has proven a domain.
create or replace function internal.sso_domain_taken(wanted_domain text)
returns boolean language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (
    select from sso_domains d where d.domain = wanted_domain and d.verified_at is not null
      and d.merchant_id <> current_setting('app.merchant_id', true));
$$;

-- Those of a person's merchants that have a provider of their own, and whether they insist on it: owners keep a way round.
create or replace function internal.sso_of_person(wanted_user text)
returns table (merchant_id text, is_required boolean)
language sql stable security definer set search_path = pg_catalog, public as $$
  select m.merchant_id, c.is_required and m.role <> 'owner'
  from memberships m join sso_connections c using (merchant_id) where m.user_id = wanted_user;
$$;

create or replace function internal.queue_mail(new_id text, to_email text, sealed_text text, at timestamptz, is_sent boolean)
returns void language sql security definer set search_path = pg_catalog, public as $$
  insert into mails (id, recipient, sealed, created_at) values (new_id, to_email, sealed_text, at);
  select graphile_worker.add_job('send_mail', json_build_object('mailId', new_id), max_attempts => 20) where is_sent;
$$;

create or replace function internal.mail_to_send(wanted_id text)
returns table (recipient text, sealed text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select recipient, sealed from mails where id = wanted_id;
$$;

create or replace function internal.forget_mail(wanted_id text)
returns void language sql security definer set search_path = pg_catalog, public as $$
  delete from mails where id = wanted_id;
$$;

create or replace function internal.mailbox(to_email text, most int)
returns table (id text, recipient text, sealed text, created_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public as $$
  select id, recipient, sealed, created_at from mails
  where to_email is null or lower(recipient) = lower(to_email) order by created_at desc, id desc limit most;
$$;

-- What nobody can use any more.
create or replace function internal.forget_people_traces(before timestamptz, most int)
returns int language sql security definer set search_path = pg_catalog, public as $$
  with links as (
    delete from mailed_links where hash in (select hash from mailed_links where expires_at < before order by expires_at limit most) returning 1),
  letters as (
    delete from mails where id in (select id from mails where created_at < before order by created_at limit most) returning 1),
  sessions as (
    -- Kept longer than they last: a browser that signed in within half a year is no new device.
    delete from person_sessions where id in (
      select id from person_sessions where created_at < before - interval '180 days' order by created_at limit most) returning 1)
  select (select count(*) from links)::int + (select count(*) from letters)::int + (select count(*) from sessions)::int;
$$;

-- Files whose time is over go, and so do exports that no job has finished in theirs. @returns how many
create or replace function internal.end_exports(now_at timestamptz, most int)
returns int language sql security definer set search_path = pg_catalog, public as $$
  with ended as (
    update exports e set
      status = case when e.status = 'succeeded' then 'expired' else 'failed' end,
      failure_code = case when e.status = 'succeeded' then null else 'stalled' end
    where (e.merchant_id, e.id) in (
      select merchant_id, id from exports
      where status in ('pending', 'processing', 'succeeded') and expires_at <= now_at
      order by expires_at limit most for update skip locked)
    returning e.merchant_id, e.id),
  gone as (delete from export_parts p using ended where p.merchant_id = ended.merchant_id and p.export_id = ended.id)
  select count(*)::int from ended;
$$;

-- One more use of a limit, also of one that is used up. With `hold_ms` the use that reaches `most` makes the count last so
-- long from then on. @returns the uses so far, this one with them, and when the count ends
create or replace function internal.count_use(wanted_hash text, at timestamptz, window_ms bigint, most int, hold_ms bigint)
returns table (used int, ends_at timestamptz)
language sql security definer set search_path = pg_catalog, public as $$
  insert into use_counts as c (hash, used, ends_at)
  values (wanted_hash, 1, at + make_interval(secs => window_ms / 1000.0))
  on conflict (hash) do update set
    used = case when c.ends_at <= at then 1 else c.used + 1 end,
    ends_at = case
      when c.ends_at <= at then excluded.ends_at
      when hold_ms is not null and c.used + 1 = most then at + make_interval(secs => hold_ms / 1000.0)
      else c.ends_at end
  returning c.used, c.ends_at;
$$;

create or replace function internal.give_back_use(wanted_hash text)
returns void language sql security definer set search_path = pg_catalog, public as $$
  update use_counts set used = used - 1 where hash = wanted_hash and used > 0;
$$;

create or replace function internal.forget_uses(wanted_hash text)
returns void language sql security definer set search_path = pg_catalog, public as $$
  delete from use_counts where hash = wanted_hash;
$$;

create or replace function internal.forget_ended_uses(now_at timestamptz, most int)
returns int language sql security definer set search_path = pg_catalog, public as $$
  with gone as (
    delete from use_counts where hash in (
      select hash from use_counts where ends_at <= now_at order by ends_at limit most for update skip locked) returning 1)
  select count(*)::int from gone;
$$;

create or replace function internal.note_language(in_realm text, person text, spoken text)
returns void language sql security definer set search_path = pg_catalog, public as $$
  update users set language = spoken where in_realm = 'merchant' and id = person and language <> spoken;
  update operators set language = spoken where in_realm = 'operator' and id = person and language <> spoken;
$$;

create or replace function internal.language_of(in_realm text, person text)
returns text language sql stable security definer set search_path = pg_catalog, public as $$
  select case in_realm when 'merchant' then (select language from users where id = person)
                       else (select language from operators where id = person) end;
$$;

-- The scripts of a build are authorised once: what the files say later is compared with this.
create or replace function internal.authorise_scripts(of_build text, scripts json, at timestamptz)
returns int language sql security definer set search_path = pg_catalog, public as $$
  with added as (
    insert into authorised_scripts (build, page, source, owner, reason, sha384, authorised_at)
    select of_build, s.page, s.source, s.owner, s.reason, s.sha384, at
    from json_to_recordset(scripts) as s(page text, source text, owner text, reason text, sha384 text)
    where not exists (select from authorised_scripts a where a.build = of_build)
    on conflict do nothing returning 1)
  select count(*)::int from added;
$$;

create or replace function internal.note_page_check(of_build text, of_page text, found json, at timestamptz)
returns void language sql security definer set search_path = pg_catalog, public as $$
  insert into page_checks (build, page, changes, checked_at) values (of_build, of_page, found::jsonb, at);
$$;

create or replace function internal.forget_page_checks(before timestamptz, most int)
returns int language sql security definer set search_path = pg_catalog, public as $$
  with checks as (
    delete from page_checks where number in (
      select number from page_checks where checked_at < before order by checked_at limit most) returning 1),
  violations as (
    delete from page_violations where hash in (
      select hash from page_violations where last_at < before order by last_at limit most) returning 1)
  select (select count(*) from checks)::int + (select count(*) from violations)::int;
$$;

-- Anybody can send reports, so there is a most of different ones. @returns whether it is the first of its kind
create or replace function internal.note_page_violation(
  wanted_hash text, of_kind text, of_directive text, what_blocked text, at timestamptz, most int)
returns boolean language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  update page_violations set reports = reports + 1, last_at = at where hash = wanted_hash;
  if found then
    return false;
  end if;
  insert into page_violations (hash, kind, directive, blocked, reports, first_at, last_at)
  select wanted_hash, of_kind, of_directive, what_blocked, 1, at, at
  where (select count(*) from page_violations) < most
  on conflict (hash) do nothing;
  return found;
end $$;

-- Some order whose payment page can be looked at: the newest one of some merchant that has any.
create or replace function internal.order_to_look_at()
returns text language sql stable security definer set search_path = pg_catalog, public as $$
  select newest.id from merchants m
  cross join lateral (select o.id from orders o where o.merchant_id = m.merchant_id order by o.id desc limit 1) newest
  limit 1;
$$;

-- The secret under which the values of block and allow lists are hashed: the first one that is offered stays.
create or replace function internal.keep_list_secret(offered text, at timestamptz)
returns text language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into list_secrets (id, sealed, created_at) values ('values', offered, at) on conflict do nothing;
  return (select sealed from list_secrets where id = 'values');
end $$;

-- How quickly channels answered, collected by a process over some seconds.
create or replace function internal.note_channel_calls(entries json)
returns void language sql security definer set search_path = pg_catalog, public as $$
  insert into channel_calls as c (merchant_id, channel_account_id, minute, livemode, answered, lost, durations)
  select e.merchant_id, e.channel_account_id, e.minute, e.livemode, e.answered, e.lost,
    (select array_agg(d::bigint order by o) from json_array_elements_text(e.durations) with ordinality as x(d, o))
  from json_to_recordset(entries) as e(merchant_id text, channel_account_id text, minute timestamptz, livemode boolean,
    answered int, lost int, durations json)
  -- In one order, so that two processes never wait for each other.
  order by e.merchant_id, e.channel_account_id, e.minute
  on conflict (merchant_id, channel_account_id, minute) do update set
    answered = c.answered + excluded.answered, lost = c.lost + excluded.lost,
    durations = (select array_agg(a + b order by o) from unnest(c.durations, excluded.durations) with ordinality as x(a, b, o));
$$;

create or replace function internal.forget_channel_calls(before timestamptz, most int)
returns int language sql security definer set search_path = pg_catalog, public as $$
  with gone as (
    delete from channel_calls where ctid in (
      select ctid from channel_calls where minute < before order by minute limit most for update skip locked)
    returning 1)
  select count(*)::int from gone;
$$;

revoke all on all functions in schema internal from public;

-- Files that were sent and given to nothing.
create or replace function internal.forget_loose_files(before timestamptz, most int)
returns int language sql security definer set search_path = pg_catalog, public as $$
  with gone as (
    delete from sealed_files where (merchant_id, id) in (
      select merchant_id, id from sealed_files where owner_id is null and created_at < before limit most)
    returning 1)
  select count(*)::int from gone;
$$;

-- Tickets that were solved and left at that.
create or replace function internal.close_solved_tickets(before timestamptz, at timestamptz, most int)
returns int language sql security definer set search_path = pg_catalog, public as $$
  with closed as (
    update tickets set state = 'closed', updated_at = at
    where (merchant_id, id) in (
      select merchant_id, id from tickets where state = 'solved' and solved_at < before limit most for update skip locked)
    returning 1)
  select count(*)::int from closed;
$$;

-- An error case of the merchant that the transaction has named; told of twice, it is still one. @returns whether it is new
create or replace function internal.open_error_case(
  new_id text, of_kind text, live boolean, of_object text, of_order text, proof json, usual_hours int, at timestamptz)
returns boolean language sql security definer set search_path = pg_catalog, public as $$
  with opened as (
    insert into error_cases (id, kind, about_merchant, livemode, object_id, order_id, evidence, state, due_at, created_at)
    select new_id, of_kind, m.merchant_id, live, of_object, of_order, proof, 'open',
      at + make_interval(hours => coalesce((select p.value::text::int from parameters p where p.name = 'error_case_hours'), usual_hours)),
      at
    from merchants m where m.merchant_id = current_setting('app.merchant_id', true)
    on conflict do nothing returning 1)
  select exists (select from opened);
$$;

-- What ended by itself. One that an operator has resolved stays as it is.
create or replace function internal.end_error_case(of_kind text, of_object text, how text, what json, at timestamptz)
returns boolean language sql security definer set search_path = pg_catalog, public as $$
  with ended as (
    update error_cases set state = 'resolved', ending = how, outcome = what, resolved_at = at
    where about_merchant = current_setting('app.merchant_id', true) and kind = of_kind and object_id = of_object
      and state = 'open'
    returning 1)
  select exists (select from ended);
$$;

-- What an article is found by: English by the stems of its words, Chinese by the pairs that lib/knowledge/words makes.
create or replace function internal.article_terms(of_locale text, heading text, content text)
returns tsvector language sql immutable set search_path = pg_catalog as $$
  select setweight(to_tsvector(case of_locale when 'en' then 'english'::regconfig else 'simple'::regconfig end, heading), 'A')
    || setweight(to_tsvector(case of_locale when 'en' then 'english'::regconfig else 'simple'::regconfig end, content), 'C');
$$;

create or replace function internal.article_question(of_locale text, question text)
returns tsquery language sql immutable set search_path = pg_catalog as $$
  select to_tsquery(case of_locale when 'en' then 'english'::regconfig else 'simple'::regconfig end, question);
$$;
