-- Freshness by promise needs more than two dates: when a link was sent, until when it works, and since when a sheet
-- that nobody confirmed is no longer proposed in orientation (it stays readable, and says so).
-- A confirmation link works without an account: the transaction shows the token's hash, and row-level security lets
-- it renew that one sheet. Members of the territory's organisations see the skills that were opened to them.

alter table organization
  add column confirm_token_expires_at timestamptz,
  add column reminded_at timestamptz,
  add column dormant_at timestamptz;

-- Overseas and Corsican numbers carry a letter in third place (W9R1000001): they are real ones.
alter table organization drop constraint organization_rna_check;
alter table organization add constraint organization_rna_check check (rna ~ '^W\d[0-9A-Z]\d{7}$');

-- The hash of the confirmation link that was opened, in this transaction only.
create function actor_confirm_token() returns text language sql stable parallel safe as
  $$ select nullif(current_setting('terreau.confirm_token', true), '') $$;
create policy organization_confirmed on organization for update using (
  status = 'published' and confirm_token_hash = actor_confirm_token());

-- Names compared as people read them: without accents, case, punctuation. unaccent() alone is only "stable",
-- because its dictionary could change; ours is the one that PostgreSQL ships.
create function directory_name_key(name text) returns text language sql immutable parallel safe as
  $$ select btrim(regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, name)), '[^[:alnum:]]+', ' ', 'g')) $$;
create index organization_name_key on organization (territory_id, directory_name_key(name));
create index organization_reminders on organization (stale_at) where status = 'published' and dormant_at is null;
create index organization_held on organization (territory_id, id) where status = 'held';
create index post_due on post (expires_on) where state in ('open', 'in-contact');

drop policy skill_known on skill;
create policy skill_known on skill for select using (
  actor_is_staff(territory_id)
  or person_id in (select p.id from person p where p.account_id = actor_account())
  or (status = 'published' and visibility = 'public')
  or (status = 'published' and visibility = 'members' and exists (
    select from organization o where o.territory_id = skill.territory_id and actor_is_member(o.id))));
create policy skill_written on skill for insert with check (
  actor_is_staff(territory_id)
  or person_id in (select p.id from person p where p.account_id = actor_account()));
create policy skill_changed on skill for update using (
  actor_is_staff(territory_id)
  or person_id in (select p.id from person p where p.account_id = actor_account()));
create policy skill_erased on skill for delete using (
  actor_is_operator() or person_id in (select p.id from person p where p.account_id = actor_account()));
