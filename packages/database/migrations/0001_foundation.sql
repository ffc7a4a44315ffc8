-- The ground: roles of the database, who acts, territories, the journal, the outbox.
-- Why two roles: the pages act as terreau_app, which owns nothing and is bound by row-level security;
-- the owner migrates. Everything a transaction must know of its actor is set for that transaction only
-- (set_config(…, true)), so that a transaction-mode pooler may stand in between.

create extension if not exists unaccent;
create extension if not exists pg_trgm;
create extension if not exists btree_gist;
create extension if not exists cube;
create extension if not exists earthdistance;
create extension if not exists fuzzystrmatch;

do $$ begin
  if not exists (select from pg_roles where rolname = 'terreau_app') then
    create role terreau_app nologin;
  end if;
  -- A deployment may run with the owner alone: it must then be able to step down to the app's role.
  if not pg_has_role(current_user, 'terreau_app', 'member') then
    execute format('grant terreau_app to %I', current_user);
  end if;
end $$;
grant usage on schema public to terreau_app;
alter default privileges in schema public grant select, insert, update, delete on tables to terreau_app;
alter default privileges in schema public grant usage, select on sequences to terreau_app;

-- PostgreSQL 18 has uuidv7(); the same by hand where it is missing (RFC 9562: 48 bits of milliseconds, then chance).
do $$ begin
  if not exists (select from pg_proc where proname = 'uuidv7') then
    execute $f$
      create function uuidv7() returns uuid language sql volatile parallel safe as $b$
        select encode(
          set_bit(set_bit(
            overlay(uuid_send(gen_random_uuid())
              placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
            52, 1), 53, 1), 'hex')::uuid
      $b$
    $f$;
  end if;
end $$;

-- Who acts in this transaction. An absent setting means nobody.
create function actor_account() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('terreau.account', true), '')::uuid $$;
-- The operator is the platform itself: scheduled jobs, the command line, migrations of data.
create function actor_is_operator() returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('terreau.operator', true) = 'on', false) $$;
-- Whether the actor works for this territory (facilitator, coordinator) or administers the platform.
create function actor_is_staff(territory uuid) returns boolean language sql stable parallel safe as
  $$ select actor_is_operator()
       or territory = any (string_to_array(nullif(current_setting('terreau.staff', true), ''), ',')::uuid[]) $$;
-- Whether the actor belongs to this organisation.
create function actor_is_member(organization uuid) returns boolean language sql stable parallel safe as
  $$ select organization = any (string_to_array(nullif(current_setting('terreau.organizations', true), ''), ',')::uuid[]) $$;

create table territory (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 60),
  name text not null check (length(name) between 1 and 120),
  description text check (length(description) <= 2000),
  description_en text check (length(description_en) <= 2000),
  plain_description text check (length(plain_description) <= 2000),
  time_zone text not null default 'Europe/Paris',
  languages text[] not null default '{fr,en}' check (cardinality(languages) between 1 and 12),
  -- Outline of the whole territory, GeoJSON geometry in WGS84; null until it is drawn.
  outline jsonb,
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  is_demonstration boolean not null default false,
  opened_at timestamptz not null default now(),
  closed_at timestamptz,
  created_at timestamptz not null default now()
);

-- What official geography a territory is made of.
create table territory_area (
  territory_id uuid not null references territory on delete cascade,
  kind text not null check (kind in ('commune', 'epci', 'departement', 'fictional')),
  code text not null check (length(code) between 1 and 12),
  name text not null,
  population integer check (population >= 0),
  primary key (territory_id, kind, code)
);
create index territory_area_code on territory_area (kind, code);

-- A setting is a row with its history: the value in force is the newest row for its key.
create table territory_setting (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  key text not null check (length(key) <= 80),
  value jsonb not null,
  reason text check (length(reason) <= 500),
  set_by uuid,
  set_at timestamptz not null default now()
);
create index territory_setting_newest on territory_setting (territory_id, key, set_at desc, id desc);

create table neighbourhood (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  slug text not null,
  name text not null check (length(name) between 1 and 120),
  outline jsonb,
  source text,
  position integer not null default 0,
  unique (territory_id, slug)
);

-- Quartiers prioritaires: an outline has a vintage; 2015 and 2024 stand side by side.
create table priority_neighbourhood (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  code text not null,
  name text not null,
  vintage smallint not null check (vintage in (2015, 2024)),
  outline jsonb not null,
  source text not null,
  unique (territory_id, code, vintage)
);

-- A figure of the portrait. A missing value is a row that says why, never a zero.
create table figure (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  neighbourhood_id uuid references neighbourhood on delete cascade,
  code text not null check (length(code) <= 60),
  label_fr text not null,
  label_en text not null,
  definition text,
  value numeric,
  unit text not null,
  -- What a share is out of, in words; null for plain counts. The two counts behind it, where they may be shown.
  denominator_label text,
  numerator_count numeric,
  denominator_count numeric,
  missing_reason text check (missing_reason in ('statistical-secrecy', 'not-collected', 'not-comparable', 'awaiting-publication')),
  missing_note text,
  source text not null,
  source_url text,
  source_date date,
  as_of text not null check (as_of ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  position integer not null default 0,
  check ((value is null) = (missing_reason is not null)),
  unique nulls not distinct (territory_id, neighbourhood_id, code, as_of)
);

-- The journal of what was done: one row for each accepted command, in the same commit.
create table audit (
  id uuid primary key default uuidv7(),
  at timestamptz not null,
  action text not null,
  actor_id uuid,
  acts_as text not null check (acts_as in ('visitor', 'account', 'operator')),
  territory_id uuid,
  subject_kind text,
  subject_id uuid,
  details jsonb not null default '{}',
  request_id text
);
create index audit_subject on audit (subject_kind, subject_id, id);
create index audit_actor on audit (actor_id, id) where actor_id is not null;
create index audit_territory on audit (territory_id, id);
alter table audit enable row level security;
create policy audit_written on audit for insert with check (true);
create policy audit_read on audit for select using (
  actor_is_operator() or actor_id = actor_account() or actor_is_staff(territory_id));
create policy audit_erased on audit for update using (actor_is_operator());
create policy audit_expired on audit for delete using (actor_is_operator());

-- Messages leave after the commit that decided them, once. The id is the Message-ID, so that whoever
-- receives a repeated delivery can tell that it is the same.
create table outbox (
  id uuid primary key default uuidv7(),
  channel text not null check (channel in ('mail', 'sms')),
  recipient text not null check (length(recipient) between 3 and 320),
  account_id uuid,
  territory_id uuid references territory on delete set null,
  template text not null,
  subject text check (length(subject) <= 300),
  body_text text not null check (length(body_text) <= 20000),
  body_html text,
  headers jsonb not null default '{}',
  -- The same key never makes two messages.
  once_key text unique,
  state text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'failed')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_error text,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create index outbox_due on outbox (next_attempt_at) where state in ('pending', 'sending');
alter table outbox enable row level security;
create policy outbox_written on outbox for insert with check (true);
create policy outbox_worked on outbox for all using (actor_is_operator());

-- Rate limits, in the database so that any number of processes share them.
create table rate_limit (
  key text primary key,
  hits integer not null,
  window_started_at timestamptz not null
);
create index rate_limit_age on rate_limit (window_started_at);
