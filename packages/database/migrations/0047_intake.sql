-- The guided intake as data: what a coordinator writes without a developer, in versions. A request keeps the version
-- that asked it, so that changing the questions changes nothing of what somebody is answering.
create table intake_version (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  number integer not null check (number > 0),
  state text not null default 'draft' check (state in ('draft', 'published', 'retired')),
  questions jsonb not null check (jsonb_typeof(questions) = 'array' and length(questions::text) <= 200000),
  -- Two people who edit the same draft: the second is told.
  revision integer not null default 1,
  -- Tried on past requests since it was last changed; without it, it cannot be published.
  tried_at timestamptz,
  created_by uuid references account on delete set null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  published_by uuid references account on delete set null,
  published_at timestamptz,
  retired_at timestamptz,
  unique (territory_id, number),
  check ((state = 'draft') = (published_at is null)),
  check ((state = 'retired') = (retired_at is not null))
);
create unique index intake_version_draft on intake_version (territory_id) where state = 'draft';
create unique index intake_version_published on intake_version (territory_id) where state = 'published';
alter table intake_version enable row level security;
-- Published questions are what anybody is asked; drafts are the team's.
create policy intake_version_seen on intake_version for select using (state <> 'draft' or actor_is_staff(territory_id));
create policy intake_version_written on intake_version for insert with check (actor_is_staff(territory_id));
create policy intake_version_changed on intake_version for update using (actor_is_staff(territory_id));
create policy intake_version_erased on intake_version for delete using (actor_is_staff(territory_id) and state = 'draft');

alter table request add constraint request_intake_version
  foreign key (intake_version_id) references intake_version on delete set null;
create index request_intake on request (intake_version_id) where intake_version_id is not null;
