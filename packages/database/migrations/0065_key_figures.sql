-- Key figures of a structure supported (K1 to K12), typed once a year from its accounts; the call back that a private
-- alert promises; and what the structure lets others count or hear of its diagnosis, item by item.
-- Why another circle inside the circle: an observer may be a funder or the city. Figures, alerts and the calls that they
-- promise are for the structure and whoever accompanies it.

-- The dossiers of which the actor reads the figures: their circle without its observers.
create function actor_inner_dossiers() returns setof uuid language sql stable security definer set search_path = public as $$
  select m.dossier_id from dossier_member m
  where m.account_id = actor_account() and m.role <> 'observer' and (m.left_at is null or m.reads_until > actor_now())
$$;

-- One financial year, as the accounts say it; each figure alone may be missing. `year`: the one in which it ends.
create table key_figures (
  id uuid primary key default uuidv7(),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  year smallint not null check (year between 1990 and 2100),
  -- Hundredths of a full-time job.
  jobs_hundredths integer check (jobs_hundredths between 0 and 10000000),
  permanent_jobs_hundredths integer check (permanent_jobs_hundredths between 0 and jobs_hundredths),
  volunteers integer check (volunteers between 0 and 1000000),
  volunteer_hours integer check (volunteer_hours between 0 and 10000000),
  busiest_volunteer_hours integer check (busiest_volunteer_hours between 0 and volunteer_hours),
  -- Accounts of classes 7 and 6, without the contributions in kind of 87 and 86.
  income_cents bigint check (income_cents >= 0),
  charges_cents bigint check (charges_cents >= 0),
  non_cash_charges_cents bigint check (non_cash_charges_cents between 0 and charges_cents),
  -- An overdraft, equity eaten up by losses: both may be negative.
  cash_cents bigint,
  equity_cents bigint,
  multi_year_cents bigint check (multi_year_cents >= 0),
  hourly_value_cents integer check (hourly_value_cents between 0 and 1000000),
  people_reached integer check (people_reached between 0 and 10000000),
  reached_definition text check (length(reached_definition) <= 300),
  partnerships integer check (partnerships between 0 and 100000),
  board_members integer check (board_members between 0 and 10000),
  board_residents integer check (board_residents between 0 and board_members),
  typed_by uuid references account on delete set null,
  typed_at timestamptz not null,
  unique (dossier_id, year)
);
-- Where the income of that year came from, the largest sources by name.
create table key_figure_source (
  figures_id uuid not null references key_figures on delete cascade,
  position smallint not null check (position between 1 and 12),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  label text not null check (length(label) between 1 and 80),
  amount_cents bigint not null check (amount_cents >= 0),
  primary key (figures_id, position)
);
create index key_figure_source_dossier on key_figure_source (dossier_id);

-- The structure's yes for one item of one diagnosis: to be counted in the figures of the territory, without its name; or
-- to be told to other structures, as a help that it offers. One in force at a time; a withdrawal keeps its trace.
create table diagnosis_consent (
  id uuid primary key default uuidv7(),
  diagnosis_id uuid not null references diagnosis on delete cascade,
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  item text not null check (item ~ '^D([1-9]|10)\.[1-4]$'),
  purpose text not null check (purpose in ('count', 'share')),
  -- By page; or said or signed on paper, and written down by whoever accompanies.
  channel text not null check (channel in ('page', 'oral', 'paper')),
  given_by uuid references account on delete set null,
  given_at timestamptz not null,
  withdrawn_by uuid references account on delete set null,
  withdrawn_at timestamptz,
  -- The sheet of the catalogue in which the help is offered.
  support_id uuid references support on delete set null
);
create unique index diagnosis_consent_in_force on diagnosis_consent (diagnosis_id, item, purpose) where withdrawn_at is null;
create index diagnosis_consent_dossier on diagnosis_consent (dossier_id);
create index diagnosis_consent_support on diagnosis_consent (support_id) where support_id is not null;
call keep_in_circle('diagnosis_consent');

create procedure keep_in_inner_circle(name text) language plpgsql as $$
begin
  execute format('alter table %I enable row level security', name);
  execute format('create policy %I on %I for select using (actor_is_operator() or dossier_id in (select actor_inner_dossiers()))', name || '_seen', name);
  execute format('create policy %I on %I for insert with check (actor_is_operator() or dossier_id in (select actor_working_dossiers()))', name || '_added', name);
  execute format('create policy %I on %I for update using (actor_is_operator() or dossier_id in (select actor_working_dossiers()))', name || '_changed', name);
  execute format('create policy %I on %I for delete using (actor_is_operator() or dossier_id in (select actor_working_dossiers()))', name || '_removed', name);
end $$;
call keep_in_inner_circle('key_figures');
call keep_in_inner_circle('key_figure_source');

-- A call promised in a dossier is the business of its inner circle; the coordination does not see that there is one.
alter table promised_contact add column dossier_id uuid references dossier on delete cascade;
alter table promised_contact add constraint promised_contact_about_one check (num_nonnulls(request_id, dossier_id) <= 1);
create index promised_contact_dossier on promised_contact (dossier_id) where dossier_id is not null;
drop policy promised_contact_known on promised_contact;
create policy promised_contact_known on promised_contact using (
  actor_is_operator()
  or (dossier_id is null and (promised_by = actor_account() or actor_is_staff(territory_id)))
  or dossier_id in (select actor_inner_dossiers()));
