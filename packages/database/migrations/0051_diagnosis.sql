-- The shared diagnosis: two views, then one. The structure answers, each leader alone if they like; the adviser answers
-- apart; nobody reads another's levels before the comparison is opened, and the database holds them to it. What is
-- agreed in the meeting is a row of its own, with its evidence. A diagnosis that both sides signed no longer changes.

create table diagnosis (
  id uuid primary key default uuidv7(),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  -- N, N+1, N+2.
  round smallint not null check (round between 0 and 9),
  form text not null check (form in ('short', 'full')),
  opened_by uuid references account on delete set null,
  opened_at timestamptz not null,
  compared_at timestamptz,
  agreed_on date,
  people_present text check (length(people_present) <= 500),
  missing_to_answer text check (length(missing_to_answer) <= 1000),
  -- Signed by the structure and by whoever accompanies.
  structure_signed_at timestamptz,
  structure_signed_by uuid references account on delete set null,
  adviser_signed_at timestamptz,
  adviser_signed_by uuid references account on delete set null,
  unique (dossier_id, round)
);

-- One person's view. On paper: the name of their role stands for an account, and who typed is written.
create table diagnosis_view (
  id uuid primary key default uuidv7(),
  diagnosis_id uuid not null references diagnosis on delete cascade,
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  side text not null check (side in ('structure', 'adviser')),
  account_id uuid references account on delete cascade,
  label text check (length(label) between 1 and 80),
  typed_by uuid references account on delete set null,
  started_at timestamptz not null,
  submitted_at timestamptz,
  check (num_nonnulls(account_id, label) = 1)
);
create unique index diagnosis_view_once on diagnosis_view (diagnosis_id, account_id) where account_id is not null;
create index diagnosis_view_of on diagnosis_view (diagnosis_id);

create table diagnosis_answer (
  view_id uuid not null references diagnosis_view on delete cascade,
  item text not null check (item ~ '^D([1-9]|10)\.[1-4]$'),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  level smallint check (level between 1 and 4),
  mark text check (mark in ('not-concerned', 'unknown')),
  primary key (view_id, item),
  check (num_nonnulls(level, mark) = 1)
);

create table diagnosis_item (
  diagnosis_id uuid not null references diagnosis on delete cascade,
  item text not null check (item ~ '^D([1-9]|10)\.[1-4]$'),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  level smallint check (level between 1 and 4),
  mark text check (mark in ('not-concerned', 'unknown')),
  importance smallint check (importance between 0 and 3),
  evidence text check (length(evidence) <= 300),
  priority smallint check (priority between 1 and 3),
  agreed_at timestamptz not null,
  agreed_by uuid references account on delete set null,
  primary key (diagnosis_id, item),
  check (num_nonnulls(level, mark) = 1)
);
create unique index diagnosis_item_priority on diagnosis_item (diagnosis_id, priority) where priority is not null;

call keep_in_circle('diagnosis');
call keep_in_circle('diagnosis_view');
call keep_in_circle('diagnosis_item');
-- Answers are their author's (or whoever typed them from paper) until the comparison is opened.
alter table diagnosis_answer enable row level security;
create policy diagnosis_answer_seen on diagnosis_answer for select using (
  actor_is_operator() or (dossier_id in (select actor_dossiers()) and exists (
    select from diagnosis_view v join diagnosis d on d.id = v.diagnosis_id
    where v.id = view_id and (v.account_id = actor_account() or v.typed_by = actor_account() or d.compared_at is not null))));
create policy diagnosis_answer_added on diagnosis_answer for insert with check (
  actor_is_operator() or (dossier_id in (select actor_working_dossiers()) and exists (
    select from diagnosis_view v where v.id = view_id and v.submitted_at is null
      and (v.account_id = actor_account() or v.typed_by = actor_account()))));
create policy diagnosis_answer_changed on diagnosis_answer for update using (
  actor_is_operator() or (dossier_id in (select actor_working_dossiers()) and exists (
    select from diagnosis_view v where v.id = view_id and v.submitted_at is null
      and (v.account_id = actor_account() or v.typed_by = actor_account()))));
create policy diagnosis_answer_removed on diagnosis_answer for delete using (actor_is_operator());
