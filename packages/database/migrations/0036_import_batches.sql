-- An import is written in short batches, each with its own commit.
-- Why: the embedded database has one connection; one transaction for a whole file made every page wait for its end.
-- What each batch wrote is remembered until the run is over, so that a run which is cancelled, fails or loses its
-- process is taken back whole: by these rows and by the history of the fields.

alter table import_run drop constraint import_run_state_check;
alter table import_run add constraint import_run_state_check
  check (state in ('prepared', 'running', 'undoing', 'done', 'cancelled', 'failed'));
-- Written at each batch: a run that says "running" and has been silent for minutes has lost its process.
alter table import_run add column alive_at timestamptz;

create table import_written (
  import_run_id uuid not null references import_run on delete cascade,
  organization_id uuid not null references organization on delete cascade,
  -- The run made the sheet; otherwise it was there, and `written` says what the run added to it.
  is_new boolean not null,
  -- Ids of places, services, posts; pairs of service and place; names by which the producer knows the sheet.
  written jsonb not null,
  primary key (import_run_id, organization_id)
);
create index import_written_organization on import_written (organization_id);
alter table import_written enable row level security;
create policy import_written_staff on import_written using (
  exists (select from import_run r where r.id = import_run_id));
