-- Living memory: what an accompaniment teaches, shown to the facilitators of the territory with the structure's consent;
-- and what the structure says of it, when it ends and at its check-ups.
-- Why the consent takes the case with it: whoever takes back their yes, from whichever page, must not have to ask that
-- the rest be done. The database does it.

create table support_case (
  id uuid primary key default uuidv7(),
  dossier_id uuid not null unique references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  title text not null check (length(title) between 3 and 160),
  situation text check (length(situation) <= 2000),
  tried text check (length(tried) <= 2000),
  worked text check (length(worked) <= 2000),
  failed text check (length(failed) <= 2000),
  advice text check (length(advice) <= 2000),
  themes text[] not null default '{}' check (cardinality(themes) <= 30),
  -- Dimensions of the diagnosis that were worked on: D1 to D10.
  dimensions text[] not null default '{}' check (cardinality(dimensions) <= 10),
  shown_as text not null default 'anonymous' check (shown_as in ('anonymous', 'named')),
  -- The structure's name, where it chose to give it: the dossier itself is not opened to whoever reads the case.
  named_as text check (length(named_as) between 1 and 200),
  version integer not null default 1,
  written_by uuid references account on delete set null,
  written_at timestamptz not null,
  updated_at timestamptz not null,
  consent_id uuid references consent on delete cascade,
  published_at timestamptz,
  check ((consent_id is null) = (published_at is null)),
  check (named_as is null or shown_as = 'named')
);
create index support_case_territory on support_case (territory_id, id) where published_at is not null;
create index support_case_consent on support_case (consent_id) where consent_id is not null;

create function remove_case_without_consent() returns trigger
  language plpgsql security definer set search_path = public as $$
begin
  delete from support_case where consent_id = new.id;
  return new;
end $$;
create trigger case_needs_consent after update of withdrawn_at on consent for each row
  when (new.withdrawn_at is not null) execute function remove_case_without_consent();

-- Three questions to the structure, when the accompaniment ends and at its check-ups.
create table dossier_feedback (
  id uuid primary key default uuidv7(),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  moment text not null check (moment in ('closing', '6', '12', '24')),
  useful text not null check (useful in ('yes', 'partly', 'no')),
  holds text not null check (holds in ('yes', 'partly', 'no')),
  again text not null check (again in ('yes', 'partly', 'no')),
  words text check (length(words) <= 1000),
  -- Whether the structure wrote it, or somebody typed what it said.
  channel text not null check (channel in ('page', 'spoken')),
  given_by uuid references account on delete set null,
  given_at timestamptz not null,
  unique (dossier_id, moment)
);
create index dossier_feedback_period on dossier_feedback (territory_id, given_at);

call keep_in_circle('support_case');
call keep_in_circle('dossier_feedback');
-- What the structure agreed to show is read by those who accompany others in the territory.
create policy support_case_shared on support_case for select using (
  published_at is not null and actor_is_staff(territory_id));
