-- The catalogue beyond one hand: sheets that come from a file, and sheets that territories share as templates.
-- An imported or adopted sheet remembers what it was given, so that what somebody wrote since is never overwritten:
-- a later file changes only the fields that still hold what the former file gave, and a new version of a template is
-- taken field by field.

alter table support
  -- Who proposes it, when that is no organisation of the directory: the Région, a CAF, a foundation.
  add column provider text check (length(provider) <= 200),
  -- The fields as the last file gave them.
  add column imported jsonb;

-- What a sheet already has on its hands: offers pending or accepted. The number alone, for whoever looks at the catalogue.
create function support_load(sheet uuid) returns integer language sql stable
security definer set search_path = public, pg_catalog as $$
  select count(*)::int from request_offer where support_id = sheet and state in ('pending', 'accepted')
$$;
create index request_offer_support on request_offer (support_id) where support_id is not null;

create table support_template (
  id uuid primary key default uuidv7(),
  -- Where it comes from; the original may leave, the template stays.
  territory_id uuid not null references territory on delete cascade,
  support_id uuid unique references support on delete set null,
  shared_by uuid references account on delete set null,
  shared_at timestamptz not null,
  withdrawn_at timestamptz
);
create index support_template_territory on support_template (territory_id, id);

-- A version is never changed: what was adopted from it can always be compared with it.
create table support_template_version (
  template_id uuid not null references support_template on delete cascade,
  number integer not null check (number >= 1),
  title text not null,
  fields jsonb not null,
  note text check (length(note) <= 1000),
  published_by uuid references account on delete set null,
  published_at timestamptz not null,
  primary key (template_id, number)
);

-- A sheet that a territory made from a template: which version it took last, field by field.
create table support_adoption (
  support_id uuid primary key references support on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  template_id uuid not null references support_template on delete cascade,
  -- For each field the version whose value is taken or was looked at, and the note left when it was not taken.
  settled jsonb not null default '{}',
  adopted_number integer not null,
  adopted_by uuid references account on delete set null,
  adopted_at timestamptz not null
);
create unique index support_adoption_once on support_adoption (territory_id, template_id);
create index support_adoption_template on support_adoption (template_id);

create table support_import (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  state text not null default 'prepared' check (state in ('prepared', 'done', 'cancelled')),
  preset text not null check (length(preset) <= 60),
  -- Column of the file by field, for a table of any shape.
  mapping jsonb not null default '{}',
  source text not null check (length(source) between 1 and 120),
  -- When its source says that the file was true; without it funding sheets arrive unchecked.
  true_on date,
  file_name text not null check (length(file_name) <= 255),
  file_sha256 text not null,
  -- Emptied when it is settled: what became of each row is in the report.
  content bytea check (length(content) <= 10000000),
  report jsonb,
  started_by uuid references account on delete set null,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index support_import_territory on support_import (territory_id, id);
create index support_import_kept on support_import (created_at) where content is not null;

alter table support_template enable row level security;
create policy support_template_seen on support_template for select using (true);
create policy support_template_written on support_template for insert with check (actor_is_staff(territory_id));
create policy support_template_changed on support_template for update using (actor_is_staff(territory_id));
create policy support_template_erased on support_template for delete using (actor_is_staff(territory_id));
alter table support_template_version enable row level security;
create policy support_template_version_seen on support_template_version for select using (true);
create policy support_template_version_written on support_template_version for insert with check (
  template_id in (select t.id from support_template t where actor_is_staff(t.territory_id)));
create policy support_template_version_changed on support_template_version for update using (actor_is_operator());
alter table support_adoption enable row level security;
create policy support_adoption_staff on support_adoption using (actor_is_staff(territory_id));
alter table support_import enable row level security;
create policy support_import_staff on support_import using (actor_is_staff(territory_id));
