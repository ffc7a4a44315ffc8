-- A picture for an organisation's sheet, beside what it takes to give an import up.

-- Why: an import that is given up takes its new sheets with it, and it is the coordination that gives it up; any other
-- sheet is still erased by the platform alone.
create policy organization_taken_back on organization for delete using (
  actor_is_staff(territory_id)
  and exists (select from import_written w where w.organization_id = organization.id and w.is_new));

-- One picture for a sheet. The row says which file stands behind it; the bytes are kept by the file port, re-encoded.
create table picture (
  organization_id uuid primary key references organization on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  -- A new one for each picture, so that a page may keep it for ever.
  file_id uuid not null unique,
  -- What somebody who does not see it needs to know.
  alternative text not null check (length(alternative) between 3 and 300),
  width integer not null check (width between 1 and 4000),
  height integer not null check (height between 1 and 4000),
  bytes integer not null check (bytes > 0),
  added_by uuid references account on delete set null,
  added_at timestamptz not null default now()
);
alter table picture enable row level security;
-- Seen with its sheet; the commands say who may change it.
create policy picture_of_sheet on picture using (
  exists (select from organization o where o.id = organization_id));
