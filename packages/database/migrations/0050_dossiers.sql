-- Support: the dossier of an accompaniment, its circle, its moves, its facts, its notes, and who looked.
-- Why access stands in the database: a dossier is seen by its circle and by nobody else, whatever their role in the
-- territory. The circle is one table; every private table of a dossier has the same three policies on it. Whoever left
-- a circle reads for thirty days more and writes nothing. Each private read is a row, in the transaction that read.

-- The clock of this transaction: a test or a job may stand on another day than the server.
create function actor_now() returns timestamptz language sql stable parallel safe as
  $$ select coalesce(nullif(current_setting('terreau.now', true), '')::timestamptz, now()) $$;

create table dossier (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  kind text not null check (kind in ('project', 'organization')),
  organization_id uuid references organization on delete set null,
  -- Where it came from: what was typed there is not asked again.
  request_id uuid references request on delete set null,
  title text not null check (length(title) between 3 and 160),
  neighbourhood_id uuid references neighbourhood on delete set null,
  themes text[] not null default '{}' check (cardinality(themes) <= 30),
  publics text[] not null default '{}' check (cardinality(publics) <= 30),
  state text not null default 'requested' check (state in (
    'requested', 'orienting', 'redirected', 'accepted', 'diagnosis', 'plan-proposed', 'plan-accepted',
    'under-way', 'paused', 'review', 'closed', 'check-up-12', 'check-up-24', 'interrupted')),
  state_changed_at timestamptz not null default now(),
  -- The journey of the project, E0 to E8.
  step smallint not null default 0 check (step between 0 and 8),
  -- No project without a next contact date, until it has ended.
  next_contact_on date,
  -- What the circle chose to show outside of it; nothing by default.
  visibility text not null default 'circle' check (visibility in ('circle', 'territory', 'public')),
  -- Month and day on which the financial year ends, `12-31`: the deadlines of grants follow from it.
  year_ends_on text not null default '12-31' check (year_ends_on ~ '^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$'),
  version integer not null default 1,
  opened_by uuid references account on delete set null,
  opened_at timestamptz not null default now(),
  closed_at timestamptz,
  updated_at timestamptz not null default now(),
  check (next_contact_on is not null or state in ('redirected', 'interrupted', 'closed', 'check-up-24'))
);
create index dossier_territory on dossier (territory_id, state, id);
create index dossier_organization on dossier (organization_id) where organization_id is not null;
create index dossier_request on dossier (request_id) where request_id is not null;
create index dossier_contact on dossier (next_contact_on);

create table dossier_member (
  id uuid primary key default uuidv7(),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  role text not null check (role in ('carrier', 'member', 'facilitator', 'expert', 'observer')),
  account_id uuid references account on delete cascade,
  person_id uuid references person on delete cascade,
  added_by uuid references account on delete set null,
  joined_at timestamptz not null default now(),
  left_at timestamptz,
  -- Until when somebody who left still reads; never beyond thirty days.
  reads_until timestamptz,
  reason text check (length(reason) <= 300),
  check (num_nonnulls(account_id, person_id) >= 1),
  check (reads_until is null or left_at is not null)
);
create unique index dossier_member_once on dossier_member (dossier_id, account_id)
  where left_at is null and account_id is not null;
create unique index dossier_member_person_once on dossier_member (dossier_id, person_id)
  where left_at is null and person_id is not null;
create index dossier_member_account on dossier_member (account_id, dossier_id) where account_id is not null;
create index dossier_member_person on dossier_member (person_id) where person_id is not null;

-- The dossiers that the actor may read, and those in which they may write. Owned by the owner of the tables, so that
-- they may look into the circle without asking it.
create function actor_dossiers() returns setof uuid language sql stable security definer set search_path = public as $$
  select m.dossier_id from dossier_member m
  where m.account_id = actor_account() and (m.left_at is null or m.reads_until > actor_now())
$$;
create function actor_working_dossiers() returns setof uuid language sql stable security definer set search_path = public as $$
  select m.dossier_id from dossier_member m
  where m.account_id = actor_account() and m.left_at is null and m.role <> 'observer'
$$;

create table dossier_move (
  id uuid primary key default uuidv7(),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  move text not null check (length(move) <= 40),
  from_state text not null,
  to_state text not null,
  reason text check (reason in (
    'carrier-choice', 'no-longer-answers', 'joins-another-project', 'out-of-scope', 'other-support', 'personal-reason')),
  note text check (length(note) <= 1000),
  moved_by uuid references account on delete set null,
  moved_as text not null check (moved_as in ('carrier', 'member', 'facilitator', 'coordinator', 'platform')),
  moved_at timestamptz not null
);
create index dossier_move_dossier on dossier_move (dossier_id, id);

-- The journey: each step ends by a decision of a human.
create table step_decision (
  id uuid primary key default uuidv7(),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  from_step smallint not null check (from_step between 0 and 8),
  to_step smallint not null check (to_step between 0 and 8),
  decision text not null check (decision in ('continue', 'go-back', 'pause', 'join-another', 'stop')),
  reason text check (length(reason) <= 500),
  decided_by uuid references account on delete set null,
  decided_at timestamptz not null
);
create index step_decision_dossier on step_decision (dossier_id, id);

-- What has been said of the project, once, by key: deliverables, budget and grant form are made from it. The value in
-- force is the newest row of its key.
create table dossier_fact (
  id uuid primary key default uuidv7(),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  key text not null check (key ~ '^[a-z0-9][a-z0-9.-]{0,59}$'),
  value text check (length(value) <= 4000),
  said_by uuid references account on delete set null,
  said_at timestamptz not null
);
create index dossier_fact_newest on dossier_fact (dossier_id, key, id desc);

-- The one-minute note. `client_id` is made on the telephone: the same note sent twice is one note.
create table note (
  id uuid primary key default uuidv7(),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  client_id uuid not null unique,
  happened_on date not null,
  minutes integer not null check (minutes between 0 and 1440),
  kind text not null check (kind in ('meeting', 'visit', 'call', 'message', 'writing', 'event', 'training', 'other')),
  place text check (length(place) <= 200),
  done text check (length(done) <= 2000),
  decided text check (length(decided) <= 2000),
  to_do text check (length(to_do) <= 2000),
  next_on date,
  themes text[] not null default '{}' check (cardinality(themes) <= 10),
  -- People who were there and whom nobody needs to name.
  unnamed_count smallint not null default 0 check (unnamed_count between 0 and 500),
  written_by uuid references account on delete set null,
  -- When it was written, on the telephone's clock, and when it arrived.
  written_at timestamptz not null,
  received_at timestamptz not null,
  was_offline boolean not null default false,
  corrected_at timestamptz,
  version integer not null default 1
);
create index note_dossier on note (dossier_id, happened_on desc, id desc);
create index note_author on note (written_by, happened_on) where written_by is not null;

create table note_participant (
  id uuid primary key default uuidv7(),
  note_id uuid not null references note on delete cascade,
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  member_id uuid references dossier_member on delete cascade,
  -- A role or an organisation ("agent de la mairie"), never a file on somebody.
  label text check (length(label) <= 120),
  check (num_nonnulls(member_id, label) = 1)
);
create index note_participant_note on note_participant (note_id);
create index note_participant_member on note_participant (member_id) where member_id is not null;

-- Who looked: one row for each read of a private page, file, export or search hit; the structure supported reads it.
create table private_read (
  id uuid primary key default uuidv7(),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  read_by uuid references account on delete set null,
  read_as text not null check (length(read_as) <= 40),
  kind text not null check (kind in ('page', 'file', 'export', 'search', 'report')),
  what text not null check (length(what) <= 120),
  read_at timestamptz not null
);
create index private_read_dossier on private_read (dossier_id, id desc);
create index private_read_reader on private_read (read_by, id) where read_by is not null;

alter table dossier enable row level security;
create policy dossier_seen on dossier for select using (actor_is_operator() or id in (select actor_dossiers()));
create policy dossier_opened on dossier for insert with check (actor_is_staff(territory_id));
create policy dossier_worked on dossier for update using (actor_is_operator() or id in (select actor_working_dossiers()));
create policy dossier_erased on dossier for delete using (actor_is_operator());
alter table dossier_member enable row level security;
create policy dossier_member_seen on dossier_member for select using (
  actor_is_operator() or account_id = actor_account() or dossier_id in (select actor_dossiers()));
-- The first of a circle is whoever opens the dossier, for themselves; then the circle opens itself.
create policy dossier_member_added on dossier_member for insert with check (
  actor_is_operator() or dossier_id in (select actor_working_dossiers())
  or (account_id = actor_account() and actor_is_staff(territory_id) and added_by = actor_account()));
create policy dossier_member_changed on dossier_member for update using (
  actor_is_operator() or account_id = actor_account() or dossier_id in (select actor_working_dossiers()));
create policy dossier_member_erased on dossier_member for delete using (actor_is_operator());

-- The same for every private table of a dossier: read by the circle, written by those who work in it.
create procedure keep_in_circle(name text) language plpgsql as $$
begin
  execute format('alter table %I enable row level security', name);
  execute format('create policy %I on %I for select using (actor_is_operator() or dossier_id in (select actor_dossiers()))', name || '_seen', name);
  execute format('create policy %I on %I for insert with check (actor_is_operator() or dossier_id in (select actor_working_dossiers()))', name || '_added', name);
  execute format('create policy %I on %I for update using (actor_is_operator() or dossier_id in (select actor_working_dossiers()))', name || '_changed', name);
  execute format('create policy %I on %I for delete using (actor_is_operator() or dossier_id in (select actor_working_dossiers()))', name || '_removed', name);
end $$;
call keep_in_circle('dossier_move');
call keep_in_circle('step_decision');
call keep_in_circle('dossier_fact');
call keep_in_circle('note');
call keep_in_circle('note_participant');
alter table private_read enable row level security;
create policy private_read_seen on private_read for select using (
  actor_is_operator() or read_by = actor_account() or dossier_id in (select actor_dossiers()));
create policy private_read_written on private_read for insert with check (
  actor_is_operator() or dossier_id in (select actor_dossiers()));
create policy private_read_erased on private_read for delete using (actor_is_operator());
create policy private_read_anonymised on private_read for update using (actor_is_operator());

-- In a circle people know each other's names, whether or not they have an account.
create policy person_in_circle on person for select using (
  id in (select m.person_id from dossier_member m where m.dossier_id in (select actor_dossiers())));
