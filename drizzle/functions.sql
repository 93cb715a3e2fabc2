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
  select id, email, name, password_hash, role from operators where lower(email) = lower(wanted_email);
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

create or replace function internal.person(wanted_user text)
returns table (id text, email text, name text, password_hash text, totp_secret text, totp_on boolean, recovery_codes int)
language sql stable security definer set search_path = pg_catalog, public as $$
  select u.id, u.email, u.name, u.password_hash, u.totp_secret, u.totp_confirmed_at is not null,
    (select count(*)::int from recovery_codes c where c.user_id = u.id and c.used_at is null)
  from users u where u.id = wanted_user;
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
    u.totp_confirmed_at is not null,
    (select max(s.last_seen_at) from person_sessions s where s.realm = 'merchant' and s.person_id = u.id)
  from memberships m join users u on u.id = m.user_id
  where m.merchant_id = current_setting('app.merchant_id', true);
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

create or replace function internal.begin_totp(wanted_user text, sealed text)
returns boolean language sql security definer set search_path = pg_catalog, public as $$
  with begun as (
    update users set totp_secret = sealed, totp_step = 0 where id = wanted_user and totp_confirmed_at is null returning 1)
  select exists (select from begun);
$$;

-- Takes the code of a step, and of no step before it: a code that was seen on the wire works no second time.
create or replace function internal.take_totp_step(wanted_user text, step int)
returns boolean language sql security definer set search_path = pg_catalog, public as $$
  with taken as (update users set totp_step = step where id = wanted_user and totp_step < step returning 1)
  select exists (select from taken);
$$;

-- Switches the authenticator on together with its recovery codes, or gives a new set; with none it is off.
create or replace function internal.set_recovery_codes(wanted_user text, hashes text[], at timestamptz)
returns void language sql security definer set search_path = pg_catalog, public as $$
  delete from recovery_codes where user_id = wanted_user;
  insert into recovery_codes (user_id, hash) select wanted_user, unnest(hashes);
  update users set totp_confirmed_at = case when cardinality(hashes) > 0 then coalesce(totp_confirmed_at, at) end,
    totp_secret = case when cardinality(hashes) > 0 then totp_secret end
  where id = wanted_user;
$$;

create or replace function internal.take_recovery_code(wanted_user text, code_hash text, at timestamptz)
returns boolean language sql security definer set search_path = pg_catalog, public as $$
  with taken as (
    update recovery_codes set used_at = at where user_id = wanted_user and hash = code_hash and used_at is null returning 1)
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

revoke all on all functions in schema internal from public;
