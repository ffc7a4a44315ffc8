-- Reports without retyping: a facilitator's month, and what a funder asks, from one log.
-- Why figures are kept and not computed again: a period that was told to somebody stays what was told. Freezing keeps
-- the figures with their definitions; a note corrected later changes nothing in them, and the database holds to it.

-- What a funder asks for, as data: chosen measures with their filters, and free texts with their limits.
create table report_template (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  title text not null check (length(title) between 3 and 160),
  -- [{ id, title, measures, themes, neighbourhoodId, qpv }]
  sections jsonb not null default '[]' check (jsonb_typeof(sections) = 'array' and jsonb_array_length(sections) <= 12),
  -- [{ id, title, maxCharacters }]
  texts jsonb not null default '[]' check (jsonb_typeof(texts) = 'array' and jsonb_array_length(texts) <= 8),
  version integer not null default 1,
  created_by uuid references account on delete set null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  retired_at timestamptz
);
create index report_template_territory on report_template (territory_id, id);

create table report (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  kind text not null check (kind in ('month', 'funder')),
  -- A month is its facilitator's, and nobody else's.
  account_id uuid references account on delete cascade,
  template_id uuid references report_template on delete set null,
  title text not null check (length(title) between 3 and 160),
  from_on date not null,
  to_on date not null,
  -- As the template stood when the report was begun: it may change afterwards without changing this.
  sections jsonb not null default '[]' check (jsonb_typeof(sections) = 'array'),
  -- [{ id, title, maxCharacters, words }]
  texts jsonb not null default '[]' check (jsonb_typeof(texts) = 'array'),
  comment text check (length(comment) <= 2000),
  -- What did not work; or why there is nothing to say of it.
  failed text check (length(failed) <= 3000),
  nothing_failed_because text check (length(nothing_failed_because) <= 500),
  version integer not null default 1,
  created_by uuid references account on delete set null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- The figures with their definitions, and the SHA-256 of them.
  frozen jsonb,
  frozen_hash text check (frozen_hash ~ '^[0-9a-f]{64}$'),
  frozen_at timestamptz,
  frozen_by uuid references account on delete set null,
  check (num_nulls(frozen, frozen_hash, frozen_at) in (0, 3)),
  check (from_on <= to_on and to_on - from_on <= 1100),
  check ((kind = 'month') = (account_id is not null)),
  -- What leaves towards a funder says what did not work, or why there is nothing to say.
  check (kind = 'month' or frozen_at is null or num_nonnulls(failed, nothing_failed_because) = 1)
);
create unique index report_month on report (account_id, territory_id, from_on) where kind = 'month';
create index report_territory on report (territory_id, kind, id);

-- What was told stays told. Only the names of those who wrote and froze it may go.
create function keep_frozen_report() returns trigger language plpgsql as $$
begin
  if old.frozen_at is not null and to_jsonb(new) - 'created_by' - 'frozen_by' - 'template_id'
      is distinct from to_jsonb(old) - 'created_by' - 'frozen_by' - 'template_id' then
    raise exception 'a frozen report does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger report_stays before update on report for each row execute function keep_frozen_report();

-- What each figure told to the outside counted, as ids without a name: so that two reports never give by their
-- difference what neither of them shows. Nobody reads it but the platform.
create table report_cell (
  report_id uuid not null references report on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  cell text not null check (length(cell) <= 200),
  weight text not null check (length(weight) <= 20),
  units uuid[] not null,
  owners uuid[] not null,
  primary key (report_id, cell),
  check (cardinality(units) = cardinality(owners))
);
create index report_cell_territory on report_cell (territory_id);

-- A frozen report read without an account: the token is in the address alone, its hash is here.
create table report_link (
  id uuid primary key default uuidv7(),
  report_id uuid not null references report on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  -- For which organisation or meeting; never a person.
  label text not null check (length(label) between 2 and 120),
  token_hash text not null unique,
  created_by uuid references account on delete set null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid references account on delete set null,
  openings integer not null default 0 check (openings >= 0),
  last_opened_at timestamptz,
  check (expires_at > created_at)
);
create index report_link_report on report_link (report_id, id);

alter table report_template enable row level security;
create policy report_template_coordinated on report_template using (actor_is_operator() or actor_coordinates(territory_id));
alter table report enable row level security;
create policy report_own on report using (
  actor_is_operator() or account_id = actor_account() or (kind = 'funder' and actor_coordinates(territory_id)));
alter table report_cell enable row level security;
create policy report_cell_hidden on report_cell using (actor_is_operator());
alter table report_link enable row level security;
create policy report_link_coordinated on report_link using (actor_is_operator() or actor_coordinates(territory_id));
