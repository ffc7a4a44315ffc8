-- What a territory may know of its diagnoses: counts that were let be counted, from five structures, released once and
-- never again changed. Why releases: two counts of one growing set give away the newcomer by subtraction; here every
-- diagnosis is in one release at most, so that no two exports have a structure in common to be subtracted.
-- And how long a dossier keeps its words: two years after the last contact, with a warning before.

create table diagnosis_release (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  number smallint not null check (number between 1 and 1000),
  -- Structures counted; for each dimension what may be shown: `{code, levels, halves, missing}`, null where it may not.
  structures integer not null check (structures >= 5),
  counts jsonb not null,
  released_by uuid references account on delete set null,
  released_at timestamptz not null,
  unique (territory_id, number)
);
alter table diagnosis_release enable row level security;
create policy diagnosis_release_seen on diagnosis_release for select using (actor_is_operator() or actor_is_staff(territory_id));
create policy diagnosis_release_made on diagnosis_release for insert with check (actor_is_operator());
create policy diagnosis_release_changed on diagnosis_release for update using (actor_is_operator());
create policy diagnosis_release_erased on diagnosis_release for delete using (actor_is_operator());

alter table diagnosis add column counted_in uuid references diagnosis_release on delete set null;
create index diagnosis_waiting on diagnosis (territory_id) where counted_in is null and structure_signed_at is not null;
create index diagnosis_counted on diagnosis (counted_in) where counted_in is not null;

-- Whoever accompanies is warned before the words of a dossier go; then only dates, durations and kinds stay.
alter table dossier add column erasure_warned_at timestamptz, add column words_erased_at timestamptz;
create index dossier_kept on dossier (updated_at) where words_erased_at is null;

-- Who is and was in a circle is read with each page of its dossier.
create index dossier_member_dossier on dossier_member (dossier_id, joined_at);
