-- The support committee: people who give an opinion on dossiers, and decide nothing in the structure's place. A dossier
-- stands on its agenda by a row of its own, which says who of the structure agreed, when, and what is shown: those words
-- and nothing else. Its members read these rows, never the dossier, and only from the day of the agenda until thirty days
-- after; the database holds them to it. What the circle reads of its own dossier stays with it.

-- Nobody changes a need that was written: it is put aside and written again.
alter table expert_need drop column version;

create table committee (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  agenda_on date not null,
  held_on date not null,
  place text check (length(place) <= 200),
  opened_by uuid references account on delete set null,
  opened_at timestamptz not null,
  check (held_on between agenda_on and agenda_on + 30)
);
create index committee_territory on committee (territory_id, held_on desc, id);

create table committee_member (
  id uuid primary key default uuidv7(),
  committee_id uuid not null references committee on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  role text not null check (role in ('coordination', 'expert', 'funder', 'partner', 'resident')),
  account_id uuid not null references account on delete cascade,
  seated_by uuid references account on delete set null,
  seated_at timestamptz not null,
  left_at timestamptz
);
create unique index committee_member_once on committee_member (committee_id, account_id) where left_at is null;
create index committee_member_account on committee_member (account_id) where left_at is null;

create table committee_item (
  id uuid primary key default uuidv7(),
  committee_id uuid not null references committee on delete cascade,
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  -- The consent: who of the structure, when, how; written with what is shown, never after.
  consented_member_id uuid references dossier_member on delete set null,
  consented_on date not null,
  channel text not null check (channel in ('page', 'paper', 'oral', 'phone')),
  title text not null check (length(title) between 3 and 160),
  step smallint check (step between 0 and 8),
  summary text not null check (length(summary) between 3 and 1500),
  recorded_by uuid references account on delete set null,
  recorded_at timestamptz not null,
  withdrawn_at timestamptz,
  -- What was said and decided of it.
  minutes text check (length(minutes) <= 3000),
  decision text check (length(decision) <= 1000),
  written_by uuid references account on delete set null,
  written_at timestamptz
);
create unique index committee_item_once on committee_item (committee_id, dossier_id) where withdrawn_at is null;
create index committee_item_dossier on committee_item (dossier_id, id);

create table committee_opinion (
  id uuid primary key default uuidv7(),
  item_id uuid not null references committee_item on delete cascade,
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  opinion text not null check (length(opinion) between 1 and 1000),
  given_by uuid references account on delete set null,
  given_at timestamptz not null
);
create unique index committee_opinion_once on committee_opinion (item_id, given_by);

create table committee_task (
  id uuid primary key default uuidv7(),
  item_id uuid not null references committee_item on delete cascade,
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  what text not null check (length(what) between 3 and 300),
  who text not null check (length(who) between 1 and 120),
  due_on date,
  done_at timestamptz,
  written_by uuid references account on delete set null,
  written_at timestamptz not null
);
create index committee_task_item on committee_task (item_id, id);

-- The committees of which the actor reads the agenda today: its members in its thirty days; whoever prepares it, from the
-- beginning until the same end. Owned by the owner of the tables, so that they may look without asking themselves.
create function actor_committees() returns setof uuid language sql stable security definer set search_path = public as $$
  select c.id from committee c join territory t on t.id = c.territory_id
  where (actor_now() at time zone t.time_zone)::date <= c.agenda_on + 30 and (
    c.opened_by = actor_account()
    or (actor_now() at time zone t.time_zone)::date >= c.agenda_on and exists (
      select from committee_member m
      where m.committee_id = c.id and m.account_id = actor_account() and m.left_at is null))
$$;

alter table committee enable row level security;
-- A date and a place: nothing of a dossier stands in it. Whoever has a dossier in the territory may bring it there.
create policy committee_seen on committee for select using (
  actor_is_operator() or actor_is_staff(territory_id) or id in (select actor_committees())
  or exists (select from dossier d where d.territory_id = committee.territory_id));
create policy committee_opened on committee for insert with check (
  actor_is_operator() or (actor_is_staff(territory_id) and opened_by = actor_account()));
create policy committee_changed on committee for update using (actor_is_operator() or opened_by = actor_account());
create policy committee_erased on committee for delete using (actor_is_operator());

alter table committee_member enable row level security;
create policy committee_member_seen on committee_member for select using (
  actor_is_operator() or account_id = actor_account() or committee_id in (select actor_committees()));
create policy committee_member_added on committee_member for insert with check (
  actor_is_operator() or exists (select from committee c where c.id = committee_id and c.opened_by = actor_account()));
create policy committee_member_changed on committee_member for update using (
  actor_is_operator() or exists (select from committee c where c.id = committee_id and c.opened_by = actor_account()));
create policy committee_member_erased on committee_member for delete using (actor_is_operator());

alter table committee_item enable row level security;
create policy committee_item_seen on committee_item for select using (
  actor_is_operator() or dossier_id in (select actor_dossiers())
  or (withdrawn_at is null and committee_id in (select actor_committees())));
create policy committee_item_added on committee_item for insert with check (
  actor_is_operator() or dossier_id in (select actor_working_dossiers()));
create policy committee_item_changed on committee_item for update using (
  actor_is_operator() or dossier_id in (select actor_working_dossiers())
  or (withdrawn_at is null and committee_id in (select actor_committees())));
create policy committee_item_erased on committee_item for delete using (actor_is_operator());

-- What hangs from an item is seen with it.
create policy committee_opinion_seen on committee_opinion for select using (
  actor_is_operator() or exists (select from committee_item i where i.id = item_id));
create policy committee_opinion_given on committee_opinion for insert with check (
  actor_is_operator() or (given_by = actor_account() and exists (
    select from committee_item i where i.id = item_id and i.dossier_id = committee_opinion.dossier_id
      and i.withdrawn_at is null and i.committee_id in (select actor_committees()))));
create policy committee_opinion_changed on committee_opinion for update using (
  actor_is_operator() or given_by = actor_account());
create policy committee_opinion_erased on committee_opinion for delete using (actor_is_operator());
alter table committee_opinion enable row level security;

create policy committee_task_seen on committee_task for select using (
  actor_is_operator() or exists (select from committee_item i where i.id = item_id));
create policy committee_task_added on committee_task for insert with check (
  actor_is_operator() or exists (
    select from committee_item i where i.id = item_id and i.dossier_id = committee_task.dossier_id
      and i.withdrawn_at is null and i.committee_id in (select actor_committees())));
create policy committee_task_changed on committee_task for update using (
  actor_is_operator() or exists (select from committee_item i where i.id = item_id));
create policy committee_task_erased on committee_task for delete using (actor_is_operator());
alter table committee_task enable row level security;

-- Whoever reads an agenda reads something private of each dossier on it, and that is written down as well.
create policy private_read_of_committee on private_read for insert with check (
  read_by = actor_account() and read_as = 'committee' and exists (
    select from committee_item i where i.dossier_id = private_read.dossier_id and i.withdrawn_at is null
      and i.committee_id in (select actor_committees())));
