-- Possible meetings of a dossier: close actions, and whoever has what it lacks.
-- Why suggestions are not rows: nobody sees anything before a facilitator proposes a meeting, so nothing is kept of what
-- she has only read. A row is what she did with one: proposed, or put aside, and then it does not come back. Each side
-- answers for itself; the other side reads no row of this table, only what the platform shows of it to them.

create table introduction (
  id uuid primary key default uuidv7(),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  -- The other side: a structure of the directory, or a dossier whose circle chose to be seen in the territory.
  organization_id uuid references organization on delete cascade,
  other_dossier_id uuid references dossier on delete cascade,
  kind text not null check (kind in ('close', 'complement')),
  -- Why, as codes, as they were when it was proposed.
  reasons jsonb not null default '[]',
  state text not null check (state in ('dismissed', 'proposed', 'agreed', 'declined', 'withdrawn', 'expired', 'met')),
  -- A conflict between two parties is never written: it is "not relevant".
  dismissed_as text check (dismissed_as in ('not-relevant', 'already-together', 'too-far', 'other-subject')),
  -- What the other side reads of the project before it answers: no name, no number.
  words text check (length(words) <= 500),
  decided_by uuid references account on delete set null,
  decided_at timestamptz not null,
  expires_at timestamptz,
  own_answer text check (own_answer in ('yes', 'no')),
  own_answered_at timestamptz,
  own_answered_by uuid references account on delete set null,
  -- By somebody who carries the project, or typed for them by whoever accompanies.
  own_answered_as text check (own_answered_as in ('carrier', 'facilitator')),
  other_answer text check (other_answer in ('yes', 'no')),
  other_answered_at timestamptz,
  other_answered_by uuid references account on delete set null,
  -- By the link of a mail, by an account of theirs, or on the telephone to whoever accompanies.
  other_answered_as text check (other_answered_as in ('link', 'member', 'carrier', 'facilitator')),
  agreed_at timestamptz,
  met_on date,
  -- When both sides were asked what came of it.
  asked_at timestamptz,
  own_outcome text check (own_outcome in ('nothing', 'to-follow', 'joint-action', 'shared-means', 'other')),
  own_outcome_note text check (length(own_outcome_note) <= 500),
  own_outcome_at timestamptz,
  own_outcome_by uuid references account on delete set null,
  other_outcome text check (other_outcome in ('nothing', 'to-follow', 'joint-action', 'shared-means', 'other')),
  other_outcome_at timestamptz,
  check (num_nonnulls(organization_id, other_dossier_id) = 1),
  check (other_dossier_id is distinct from dossier_id),
  check ((state = 'dismissed') = (dismissed_as is not null)),
  check ((own_answer is null) = (own_answered_at is null)),
  check ((other_answer is null) = (other_answered_at is null)),
  check (state not in ('agreed', 'met') or (own_answer = 'yes' and other_answer = 'yes' and agreed_at is not null))
);
create index introduction_dossier on introduction (dossier_id, id desc);
create index introduction_open on introduction (organization_id, state) where organization_id is not null;
create index introduction_other on introduction (other_dossier_id) where other_dossier_id is not null;
create index introduction_due on introduction (territory_id, state, agreed_at);
-- Of two people who propose the same meeting in the same second, one does.
create unique index introduction_once on introduction (dossier_id, organization_id)
  where state in ('dismissed', 'proposed', 'agreed', 'met');
create unique index introduction_once_dossier on introduction (dossier_id, other_dossier_id)
  where state in ('dismissed', 'proposed', 'agreed', 'met');

create function actor_accompanied_dossiers() returns setof uuid language sql stable security definer set search_path = public as $$
  select m.dossier_id from dossier_member m
  where m.account_id = actor_account() and m.role = 'facilitator' and (m.left_at is null or m.reads_until > actor_now())
$$;
alter table introduction enable row level security;
-- What was put aside is read by whoever accompanies alone: nobody learns that they could have met.
create policy introduction_seen on introduction for select using (
  actor_is_operator() or (dossier_id in (select actor_dossiers())
    and (state <> 'dismissed' or dossier_id in (select actor_accompanied_dossiers()))));
create policy introduction_added on introduction for insert with check (
  actor_is_operator() or dossier_id in (select actor_working_dossiers()));
create policy introduction_changed on introduction for update using (
  actor_is_operator() or dossier_id in (select actor_working_dossiers()));
create policy introduction_erased on introduction for delete using (actor_is_operator());

-- Since when a close action or a complement is known of this dossier; null: none is.
alter table dossier add column close_noticed_at timestamptz;

-- The same signed links, for one purpose more.
alter table request_link alter column request_id drop not null;
alter table request_link add column introduction_id uuid references introduction on delete cascade;
alter table request_link add constraint request_link_about check (num_nonnulls(request_id, introduction_id) = 1);
alter table request_link drop constraint request_link_purpose_check;
alter table request_link add constraint request_link_purpose_check check (
  purpose in ('answer', 'survey', 'meeting') and (purpose = 'meeting') = (introduction_id is not null));
create index request_link_introduction on request_link (introduction_id) where introduction_id is not null;
