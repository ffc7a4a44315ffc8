-- A corrected note hides nothing: what it said before stays beside it, read by the same circle, and nobody removes it
-- but with its dossier. The people who were there are those of the latest version.
create table note_version (
  id uuid primary key default uuidv7(),
  note_id uuid not null references note on delete cascade,
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  version integer not null check (version >= 1),
  happened_on date not null,
  minutes integer not null,
  kind text not null check (kind in ('meeting', 'visit', 'call', 'message', 'writing', 'event', 'training', 'other')),
  place text,
  done text,
  decided text,
  to_do text,
  next_on date,
  replaced_at timestamptz not null,
  replaced_by uuid references account on delete set null,
  unique (note_id, version)
);
create index note_version_dossier on note_version (dossier_id);

alter table note_version enable row level security;
create policy note_version_seen on note_version for select using (
  actor_is_operator() or dossier_id in (select actor_dossiers()));
create policy note_version_added on note_version for insert with check (
  actor_is_operator() or dossier_id in (select actor_working_dossiers()));
create policy note_version_changed on note_version for update using (actor_is_operator());
create policy note_version_erased on note_version for delete using (actor_is_operator());
