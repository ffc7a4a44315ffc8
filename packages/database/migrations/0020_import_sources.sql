-- Under which names each producer of files knows an organisation. One organisation is often in several files, and a
-- merge gathers several more: without these rows, importing a file again after a merge or a renaming would make a
-- second sheet. A file without ids has an id derived from the row's own words ("row:…").
create table organization_source (
  territory_id uuid not null references territory on delete cascade,
  source text not null check (length(source) between 1 and 120),
  source_id text not null check (length(source_id) between 1 and 200),
  organization_id uuid not null references organization on delete cascade,
  first_seen_at timestamptz not null default now(),
  primary key (territory_id, source, source_id)
);
create index organization_source_organization on organization_source (organization_id);
alter table organization_source enable row level security;
create policy organization_source_staff on organization_source using (actor_is_staff(territory_id));

-- When somebody confirmed the run: a run that says "running" long after its process died may be started again.
alter table import_run add column started_at timestamptz;
-- What the file looks like before anything is written: columns, preview, problems.
alter table import_run add column analysis jsonb;
