-- Imports and duplicates. A run is prepared (analysed, previewed) before it is confirmed; its report accounts for each row.
-- A merge keeps what it absorbed, so that it can be undone.

create table import_run (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  preset text not null,
  mapping jsonb not null default '{}',
  source text not null check (length(source) between 1 and 120),
  file_name text not null check (length(file_name) <= 255),
  file_sha256 text not null,
  file_bytes integer not null,
  content bytea,
  state text not null default 'prepared' check (state in ('prepared', 'running', 'done', 'cancelled', 'failed')),
  rows_total integer not null default 0,
  rows_done integer not null default 0,
  report jsonb,
  started_by uuid references account on delete set null,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create index import_run_territory on import_run (territory_id, id desc);

create table import_mapping (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  name text not null check (length(name) between 1 and 120),
  preset text not null,
  mapping jsonb not null,
  columns_key text not null,
  saved_by uuid references account on delete set null,
  saved_at timestamptz not null default now(),
  unique (territory_id, name)
);

create table duplicate_pair (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  first_id uuid not null references organization on delete cascade,
  second_id uuid not null references organization on delete cascade,
  -- Thousandths; above the territory's threshold the pair is proposed to a human, never merged alone.
  likelihood_permille integer not null check (likelihood_permille between 0 and 1000),
  reasons jsonb not null,
  state text not null default 'open' check (state in ('open', 'different', 'merged')),
  found_at timestamptz not null default now(),
  decided_by uuid references account on delete set null,
  decided_at timestamptz,
  check (first_id < second_id),
  unique (first_id, second_id)
);
create index duplicate_pair_open on duplicate_pair (territory_id, likelihood_permille desc, id) where state = 'open';
create index duplicate_pair_second on duplicate_pair (second_id);

create table merge (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  kept_id uuid not null references organization on delete cascade,
  absorbed_id uuid not null references organization on delete cascade,
  -- What was moved or filled in: ids of places, services, posts, members; fields of the kept sheet before.
  moved jsonb not null,
  merged_by uuid references account on delete set null,
  merged_at timestamptz not null default now(),
  undone_by uuid references account on delete set null,
  undone_at timestamptz
);
create unique index merge_absorbed on merge (absorbed_id) where undone_at is null;
create index merge_kept on merge (kept_id);

alter table import_run enable row level security;
create policy import_run_staff on import_run using (actor_is_staff(territory_id));
alter table import_mapping enable row level security;
create policy import_mapping_staff on import_mapping using (actor_is_staff(territory_id));
alter table duplicate_pair enable row level security;
create policy duplicate_pair_staff on duplicate_pair using (actor_is_staff(territory_id));
alter table merge enable row level security;
create policy merge_staff on merge using (actor_is_staff(territory_id));
create policy merge_followed on merge for select using (undone_at is null);
