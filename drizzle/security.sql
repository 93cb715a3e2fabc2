-- Who may do what. Run at every start after the tables and functions exist, inside one transaction; says the same thing
-- twice without harm, and takes a table's lock only when something about that table has to change.
do $$
declare
  -- Only ever inserted; a mistake is corrected by a later row.
  append_only constant text[] := array['ledger_transactions', 'ledger_transfers', 'ledger_seals', 'audit_log', 'audit_seals',
    'operator_log', 'contract_signatures'];
  -- Secrets of people who belong to no single merchant: reached through functions only.
  private constant text[] := array['users', 'person_sessions', 'mailed_links', 'second_factors',
    'recovery_codes', 'mails', 'passkeys', 'browser_challenges'];
  -- The platform's own desk: the app's role has no business there.
  operators_only constant text[] := array['operators', 'operator_log', 'approvals', 'impersonations',
    'application_checks', 'merchant_notes', 'ticket_notes', 'error_cases',
    'articles', 'article_versions',
    'alert_rules', 'alerts', 'alert_samples', 'alert_silences', 'alert_receivers', 'alert_notices'];
  -- As PostgreSQL prints it back, so that it can be compared.
  own_rows constant text := '(merchant_id = current_setting(''app.merchant_id''::text, true))';
  policies constant jsonb := jsonb_build_array(
    jsonb_build_object('name', 'tenant', 'role', 'gpl_app', 'expression', own_rows),
    jsonb_build_object('name', 'operator', 'role', 'gpl_operator', 'expression', 'true'),
    -- Forced security binds the owner too; migrations, the demo's seed and the functions need to see every row.
    jsonb_build_object('name', 'owner', 'role', current_user::text, 'expression', 'true'));
  target record;
  policy record;
  rights text;
begin
  if exists (select from pg_roles where rolname like 'gpl\_%' and (rolsuper or rolbypassrls)) then
    raise exception 'a role named gpl_… is superuser or bypasses row-level security; take that right away';
  end if;

  revoke all on schema public from public;
  grant usage on schema public to gpl_app, gpl_operator;
  grant usage on all sequences in schema public to gpl_app, gpl_operator;

  for target in
    select c.oid, c.relname as name, c.relrowsecurity and c.relforcerowsecurity as is_forced,
           exists (select from pg_attribute a
                   where a.attrelid = c.oid and a.attname = 'merchant_id' and not a.attisdropped) as is_tenant
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    order by c.relname
  loop
    execute format('revoke all on public.%I from public, gpl_app, gpl_operator, gpl_simulator', target.name);
    if target.name = any (private) then
      continue;
    end if;
    rights := case when target.name = any (append_only) then 'select, insert'
                          else 'select, insert, update, delete' end;
    if not target.is_tenant then
      if not target.name = any (operators_only) then
        execute format('grant select on public.%I to gpl_app', target.name);
      end if;
      execute format('grant %s on public.%I to gpl_operator', rights, target.name);
      continue;
    end if;

    execute format('grant %s on public.%I to gpl_app, gpl_operator', rights, target.name);
    if not target.is_forced then
      execute format('alter table public.%I enable row level security, force row level security', target.name);
    end if;
    for policy in select * from jsonb_to_recordset(policies) as p(name text, role text, expression text) loop
      if exists (
        select from pg_policies p
        where p.schemaname = 'public' and p.tablename = target.name and p.policyname = policy.name
          and p.permissive = 'PERMISSIVE' and p.cmd = 'ALL' and p.roles = array[policy.role]::name[]
          and p.qual = policy.expression and p.with_check = policy.expression
      ) then
        continue;
      end if;
      execute format('drop policy if exists %I on public.%I', policy.name, target.name);
      execute format('create policy %I on public.%I to %I using (%s) with check (%s)',
                     policy.name, target.name, policy.role, policy.expression, policy.expression);
    end loop;
    -- Permissive policies add up: one that is not ours could only open what ours close.
    for policy in
      select p.policyname as name from pg_policies p
      where p.schemaname = 'public' and p.tablename = target.name
        and p.policyname not in (select e ->> 'name' from jsonb_array_elements(policies) e)
    loop
      execute format('drop policy %I on public.%I', policy.name, target.name);
    end loop;
  end loop;

  -- Views run with their owner's rights and would walk round every policy.
  for target in
    select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')
  loop
    execute format('revoke all on public.%I from public, gpl_app, gpl_operator, gpl_simulator', target.name);
  end loop;
end $$;

-- Functions are granted by name, not by default. Those whose name begins with operator_ are the operators' own.
do $$
declare
  target record;
begin
  if to_regnamespace('internal') is not null then
    revoke all on schema internal from public, gpl_simulator;
    grant usage on schema internal to gpl_app, gpl_operator;
  end if;
  for target in
    select p.oid::regprocedure as signature, p.proname like 'operator\_%' as is_operators
    from pg_proc p
    where p.pronamespace in (to_regnamespace('public'), to_regnamespace('internal')) and p.prokind in ('f', 'p')
  loop
    execute format('revoke execute on routine %s from public, gpl_app, gpl_operator, gpl_simulator', target.signature);
    execute format('grant execute on routine %s to gpl_operator', target.signature);
    if not target.is_operators then
      execute format('grant execute on routine %s to gpl_app', target.signature);
    end if;
  end loop;
end $$;

do $$
declare
  schema_name text;
begin
  foreach schema_name in array array['drizzle', 'graphile_worker'] loop
    if to_regnamespace(schema_name) is not null then
      execute format('revoke all on schema %I from public, gpl_app, gpl_operator, gpl_simulator', schema_name);
      execute format('revoke all on all tables in schema %I from public, gpl_app, gpl_operator, gpl_simulator', schema_name);
    end if;
  end loop;

  if to_regnamespace('sim') is not null then
    revoke all on schema sim from public, gpl_app, gpl_operator;
    grant usage on schema sim to gpl_simulator;
    grant all on all tables in schema sim to gpl_simulator;
    grant all on all sequences in schema sim to gpl_simulator;
    grant execute on all functions in schema sim to gpl_simulator;
  end if;
end $$;
