-- Coordination work: the hours that are of no dossier (animation, partnerships, meetings of the team). A log of the
-- team's own time, apart from the notes: no resident stands in it. Its author reads and corrects it; whoever
-- coordinates the territory reads it.

-- Whether the actor coordinates this territory.
create function actor_coordinates(territory uuid) returns boolean language sql stable parallel safe as
  $$ select coalesce(territory = any (string_to_array(nullif(current_setting('terreau.coordinated', true), ''), ',')::uuid[]), false) $$;

create table coordination_work (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  -- Made with the form: the same form sent twice is one line.
  client_id uuid not null unique,
  happened_on date not null,
  minutes integer not null check (minutes between 1 and 1440),
  kind text not null check (kind in (
    'animation', 'event', 'partnership', 'partner-meeting', 'training', 'administration')),
  themes text[] not null default '{}' check (cardinality(themes) <= 10),
  neighbourhood_id uuid references neighbourhood on delete set null,
  sentence text not null check (length(sentence) between 1 and 300),
  written_by uuid references account on delete set null,
  written_at timestamptz not null,
  corrected_at timestamptz,
  version integer not null default 1
);
create index coordination_work_month on coordination_work (territory_id, happened_on desc, id desc);
create index coordination_work_author on coordination_work (written_by, happened_on) where written_by is not null;

alter table coordination_work enable row level security;
create policy coordination_work_seen on coordination_work for select using (
  actor_is_operator() or written_by = actor_account() or actor_coordinates(territory_id));
create policy coordination_work_added on coordination_work for insert with check (
  actor_is_operator() or (written_by = actor_account() and actor_is_staff(territory_id)));
create policy coordination_work_changed on coordination_work for update using (
  actor_is_operator() or written_by = actor_account());
create policy coordination_work_removed on coordination_work for delete using (
  actor_is_operator() or written_by = actor_account());
