-- Funding inside a dossier: budgets, the state of each income line, what was spent in the end, and deadlines.
-- Why the balance stands in the database: a budget that is final goes into a grant form, and no longer changes. It is
-- final only when charges equal income and, apart, when contributions given equal contributions received; whatever
-- command is written later, the database holds it to that. Amounts are whole cents.
-- Why funders are kept out here as well: somebody may be in a circle and hold the role of a funder.

create function actor_funds(territory uuid) returns boolean language sql stable security definer set search_path = public as $$
  select exists (select from role_grant g where g.account_id = actor_account() and g.role = 'funder'
    and g.territory_id = territory and g.ended_at is null)
$$;
create procedure keep_from_funders(name text) language plpgsql as $$
begin
  execute format('create policy %I on %I as restrictive using (actor_is_operator() or not actor_funds(territory_id))',
    name || '_not_for_funders', name);
end $$;

create table budget (
  id uuid primary key default uuidv7(),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  about text not null check (about in ('project', 'year')),
  title text not null check (length(title) between 1 and 160),
  -- The days that it covers: a school year is 09-01 to 08-31.
  starts_on date not null,
  ends_on date not null,
  -- What is done if the money does not come stands beside the whole.
  size text not null default 'whole' check (size in ('whole', 'small')),
  -- The first version of this budget; itself when it is the first.
  line_of uuid not null,
  number smallint not null default 1 check (number between 1 and 99),
  version integer not null default 1,
  made_by uuid references account on delete set null,
  made_at timestamptz not null,
  updated_at timestamptz not null,
  finalised_at timestamptz,
  finalised_by uuid references account on delete set null,
  -- The financial report: three texts, then closed.
  report_done text check (length(report_done) <= 3000),
  report_public text check (length(report_public) <= 3000),
  report_effects text check (length(report_effects) <= 3000),
  report_closed_at timestamptz,
  report_closed_by uuid references account on delete set null,
  check (ends_on > starts_on and ends_on < starts_on + 1830),
  check (report_closed_at is null or finalised_at is not null),
  unique (line_of, size, number)
);
create index budget_dossier on budget (dossier_id, id);

create table budget_line (
  id uuid primary key default uuidv7(),
  budget_id uuid not null references budget on delete cascade,
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  -- The same line in each version of a budget: what a funder answered follows it.
  key uuid not null,
  position smallint not null,
  account text not null check (account ~ '^(6[0-8]|7[0-9]|86[0124]|87[015])$'),
  label text not null check (length(label) between 1 and 200),
  cents integer not null check (cents between 0 and 2000000000),
  -- A share of what the organisation spends anyway (rent, accounts, telephone).
  is_indirect boolean not null default false,
  -- Contributions in kind: how many (in hundredths: hours, days, pieces) at what value each, and where the value comes from.
  quantity_hundredths integer check (quantity_hundredths between 1 and 100000000),
  unit_cents integer check (unit_cents between 1 and 100000000),
  basis text check (length(basis) <= 300),
  -- The sheet of the catalogue from which an income line was added.
  support_id uuid references support on delete set null,
  check (not is_indirect or account like '6%'),
  check ((quantity_hundredths is null) = (unit_cents is null)),
  check (quantity_hundredths is null or account like '8%'),
  check (quantity_hundredths is null or cents = (quantity_hundredths::bigint * unit_cents + 50) / 100),
  unique (budget_id, key)
);
create index budget_line_order on budget_line (budget_id, position, id);
create index budget_line_support on budget_line (support_id) where support_id is not null;

-- What a funder said of an income line, and when; the newest row of its key holds. No row: envisaged.
create table funding_step (
  id uuid primary key default uuidv7(),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  line_key uuid not null,
  state text not null check (state in ('envisaged', 'requested', 'granted', 'paid', 'refused')),
  happened_on date not null,
  note text check (length(note) <= 300),
  set_by uuid references account on delete set null,
  set_at timestamptz not null
);
create index funding_step_newest on funding_step (dossier_id, line_key, id desc);

-- What was spent and received in the end, beside what was forecast; without a line: what nobody had forecast.
create table budget_actual (
  id uuid primary key default uuidv7(),
  budget_id uuid not null references budget on delete cascade,
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  line_id uuid references budget_line on delete cascade,
  account text not null check (account ~ '^(6[0-8]|7[0-9]|86[0124]|87[015])$'),
  label text not null check (length(label) between 1 and 200),
  cents integer not null check (cents between 0 and 2000000000),
  explanation text check (length(explanation) <= 1000),
  unique (budget_id, line_id)
);
create index budget_actual_line on budget_actual (line_id) where line_id is not null;

create table dossier_deadline (
  id uuid primary key default uuidv7(),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  kind text not null check (kind in (
    'financial-report', 'grant-request', 'payment', 'agreement', 'general-meeting', 'accounts', 'insurance', 'fonjep',
    'other')),
  label text check (length(label) <= 160),
  due_on date not null,
  -- The income line that it is about.
  line_key uuid,
  -- Who sees to it; nobody yet: whoever accompanies is reminded.
  member_id uuid references dossier_member on delete set null,
  made_by uuid references account on delete set null,
  made_at timestamptz not null,
  done_at timestamptz,
  done_by uuid references account on delete set null
);
create index dossier_deadline_dossier on dossier_deadline (dossier_id, due_on, id);
create index dossier_deadline_due on dossier_deadline (due_on) where done_at is null;
create index dossier_deadline_member on dossier_deadline (member_id) where member_id is not null;
-- A grant calls for one report, however often its state is told.
create unique index dossier_deadline_report on dossier_deadline (dossier_id, line_key)
  where kind = 'financial-report' and line_key is not null;

call keep_in_circle('budget');
call keep_in_circle('budget_line');
call keep_in_circle('funding_step');
call keep_in_circle('budget_actual');
call keep_in_circle('dossier_deadline');
call keep_from_funders('budget');
call keep_from_funders('budget_line');
call keep_from_funders('funding_step');
call keep_from_funders('budget_actual');
call keep_from_funders('dossier_deadline');

-- A final budget is balanced twice over.
create function budget_balanced() returns trigger language plpgsql as $$
begin
  if exists (
    select from budget_line where budget_id = new.id
    having count(*) = 0
      or sum(case left(account, 1) when '6' then cents when '7' then -cents else 0 end) <> 0
      or sum(case left(account, 2) when '86' then cents when '87' then -cents else 0 end) <> 0) then
    raise exception 'budget % is not balanced', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger budget_balanced before update on budget for each row
  when (old.finalised_at is null and new.finalised_at is not null) execute function budget_balanced();
create trigger budget_born_open before insert on budget for each row
  when (new.finalised_at is not null) execute function budget_balanced();

create function budget_frozen() returns trigger language plpgsql as $$
begin
  raise exception 'budget % is final', old.id using errcode = 'check_violation';
end $$;
create trigger budget_frozen before update on budget for each row
  when (old.finalised_at is not null and (new.finalised_at, new.about, new.starts_on, new.ends_on, new.size)
    is distinct from (old.finalised_at, old.about, old.starts_on, old.ends_on, old.size))
  execute function budget_frozen();

-- The lines of a final budget stay as they are; with the budget itself they go. A sheet that leaves the catalogue is no
-- change, and somebody who is erased takes their name out of the words, which only the platform does.
create function budget_line_frozen() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and actor_is_operator()
    and (new.budget_id, new.key, new.position, new.account, new.cents, new.is_indirect, new.quantity_hundredths, new.unit_cents)
      is not distinct from
        (old.budget_id, old.key, old.position, old.account, old.cents, old.is_indirect, old.quantity_hundredths, old.unit_cents) then
    return new;
  end if;
  if exists (select from budget where id = coalesce(old.budget_id, new.budget_id) and finalised_at is not null) then
    raise exception 'budget % is final', coalesce(old.budget_id, new.budget_id) using errcode = 'check_violation';
  end if;
  return coalesce(new, old);
end $$;
create trigger budget_line_frozen before insert or delete or update of
  budget_id, key, position, account, label, cents, is_indirect, quantity_hundredths, unit_cents, basis
  on budget_line for each row execute function budget_line_frozen();
