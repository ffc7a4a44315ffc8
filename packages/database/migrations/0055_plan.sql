-- The plan of an accompaniment, and the expertise found outside. What stands here is not a second truth: whether a plan is
-- proposed or accepted is said by the state of the dossier alone, and an action that was written after the acceptance says
-- so by its date. An action moves by a comment: one row holds the words, what changed, the time spent, who and when.

create table plan_priority (
  id uuid primary key default uuidv7(),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  -- At most three: there is no fourth place.
  position smallint not null check (position between 1 and 3),
  title text check (length(title) between 3 and 200),
  -- An item of the agreed diagnosis: its words are those of the grid.
  item text check (item ~ '^D([1-9]|10)\.[1-4]$'),
  written_by uuid references account on delete set null,
  written_at timestamptz not null,
  check (num_nonnulls(title, item) = 1),
  -- Looked at when all is written: priorities change places with each other.
  unique (dossier_id, position) deferrable initially deferred
);

create table plan_action (
  id uuid primary key default uuidv7(),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  priority_id uuid references plan_priority on delete set null,
  what text not null check (length(what) between 3 and 300),
  kind text not null check (kind in (
    'structure', 'facilitator', 'expert-individual', 'expert-collective', 'training', 'introduction', 'orientation')),
  -- Who answers for it: somebody of the circle, or a role by its name.
  owner_member_id uuid references dossier_member on delete set null,
  owner_label text check (length(owner_label) between 1 and 120),
  due_on date,
  planned_minutes integer not null default 0 check (planned_minutes between 0 and 60000),
  success_sign text check (length(success_sign) <= 300),
  -- A sheet of the catalogue that was added to the plan.
  support_id uuid references support on delete set null,
  state text not null default 'proposed' check (state in (
    'proposed', 'under-way', 'blocked', 'done', 'adapted', 'abandoned', 'not-interested', 'already-done')),
  state_changed_at timestamptz not null,
  -- Of two people who change it at once, the second is told, and sees both.
  version integer not null default 1,
  written_by uuid references account on delete set null,
  written_at timestamptz not null,
  updated_by uuid references account on delete set null,
  updated_at timestamptz not null,
  check (num_nonnulls(owner_member_id, owner_label) <= 1)
);
create index plan_action_dossier on plan_action (dossier_id, id);
create index plan_action_owner on plan_action (owner_member_id) where owner_member_id is not null;
create index plan_action_due on plan_action (territory_id, due_on)
  where owner_member_id is not null and state in ('proposed', 'under-way', 'blocked');

create table plan_comment (
  id uuid primary key default uuidv7(),
  action_id uuid not null references plan_action on delete cascade,
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  body text check (length(body) <= 1000),
  from_state text,
  to_state text,
  why text check (why in (
    'no-time', 'no-means', 'waits-for-somebody', 'no-longer-useful', 'done-otherwise', 'too-early', 'other')),
  minutes integer not null default 0 check (minutes between 0 and 1440),
  written_by uuid references account on delete set null,
  written_at timestamptz not null,
  check (num_nonnulls(from_state, to_state) in (0, 2)),
  check (body is not null or to_state is not null or minutes > 0)
);
create index plan_comment_action on plan_comment (action_id, id);

-- What was recalled, to whom and when: what keeps a reminder from coming twice.
create table plan_reminder (
  id uuid primary key default uuidv7(),
  action_id uuid not null references plan_action on delete cascade,
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  member_id uuid not null references dossier_member on delete cascade,
  due_on date not null,
  sent_at timestamptz not null
);
create index plan_reminder_action on plan_reminder (action_id);
create index plan_reminder_member on plan_reminder (member_id, sent_at);

-- An expertise that the circle does not have: what is needed, those who could, the one chosen together, what came of it.
create table expert_need (
  id uuid primary key default uuidv7(),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  action_id uuid references plan_action on delete set null,
  what text not null check (length(what) between 3 and 300),
  why text not null check (length(why) <= 1000),
  planned_minutes integer not null default 0 check (planned_minutes between 0 and 60000),
  before_on date,
  how_chosen text not null check (length(how_chosen) <= 500),
  version integer not null default 1,
  written_by uuid references account on delete set null,
  written_at timestamptz not null,
  withdrawn_at timestamptz
);
create index expert_need_dossier on expert_need (dossier_id, id);

create table expert_proposal (
  id uuid primary key default uuidv7(),
  need_id uuid not null references expert_need on delete cascade,
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  -- Null once the person has asked to be erased.
  name text check (length(name) between 1 and 120),
  -- The account of the person proposed, who joins the circle when chosen; or the sheet of the catalogue.
  account_id uuid references account on delete set null,
  support_id uuid references support on delete set null,
  offer text check (length(offer) <= 1000),
  -- Nobody is proposed who has not said yes.
  agreed_on date not null,
  written_by uuid references account on delete set null,
  written_at timestamptz not null
);
create index expert_proposal_need on expert_proposal (need_id, id);

create table expert_mission (
  id uuid primary key default uuidv7(),
  need_id uuid not null unique references expert_need on delete cascade,
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  proposal_id uuid not null references expert_proposal on delete cascade,
  -- The place of the expert in the circle; none for somebody without an account.
  member_id uuid references dossier_member on delete set null,
  chosen_on date not null,
  people_present text not null check (length(people_present) <= 500),
  chosen_why text not null check (length(chosen_why) <= 1000),
  chosen_by uuid references account on delete set null,
  starts_on date not null,
  ends_on date not null,
  planned_minutes integer not null default 0 check (planned_minutes between 0 and 60000),
  deliverable text not null check (length(deliverable) <= 500),
  delivered_on date,
  delivered_words text check (length(delivered_words) <= 1000),
  ended_at timestamptz,
  check (ends_on >= starts_on),
  check (ended_at is null or delivered_on is not null)
);
create index expert_mission_dossier on expert_mission (dossier_id);

create table expert_hours (
  id uuid primary key default uuidv7(),
  mission_id uuid not null references expert_mission on delete cascade,
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  worked_on date not null,
  minutes integer not null check (minutes between 1 and 1440),
  what text check (length(what) <= 200),
  written_by uuid references account on delete set null,
  written_at timestamptz not null
);
create index expert_hours_mission on expert_hours (mission_id, worked_on);

-- Three short questions to each side; one answer a side.
create table expert_feedback (
  mission_id uuid not null references expert_mission on delete cascade,
  side text not null check (side in ('structure', 'expert')),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  first text not null check (first in ('yes', 'partly', 'no')),
  second text check (length(second) <= 500),
  third text check (length(third) <= 500),
  written_by uuid references account on delete set null,
  written_at timestamptz not null,
  primary key (mission_id, side)
);

call keep_in_circle('plan_priority');
call keep_in_circle('plan_action');
call keep_in_circle('plan_comment');
call keep_in_circle('plan_reminder');
call keep_in_circle('expert_need');
call keep_in_circle('expert_proposal');
call keep_in_circle('expert_mission');
call keep_in_circle('expert_hours');
call keep_in_circle('expert_feedback');
