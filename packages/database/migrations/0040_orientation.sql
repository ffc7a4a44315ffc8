-- Orientation: one door, the catalogue of supports, and the life of a request until somebody has answered.
-- Why a request stands apart from a dossier: it exists before anybody has agreed to accompany anything, it must always
-- get an answer, and most of it is erased when it is closed. Each move is a row with its author and its date; the state
-- column is only the newest of them, and `version` makes sure that of two people who act at once one is told.

-- What can be proposed to somebody. Rows with a service, a skill or a post follow the directory by trigger (0041);
-- the others are written by the territory or imported.
create table support (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  kind text not null check (kind in ('service', 'person', 'room', 'equipment', 'training', 'funding', 'information')),
  title text not null check (length(title) between 3 and 200),
  summary text check (length(summary) <= 5000),
  plain_summary text check (length(plain_summary) <= 2000),
  organization_id uuid references organization on delete cascade,
  service_id uuid unique references service on delete cascade,
  skill_id uuid unique references skill on delete cascade,
  post_id uuid unique references post on delete cascade,
  -- data·inclusion codes; `local_themes` are the territory's own words.
  themes text[] not null default '{}' check (cardinality(themes) <= 30),
  local_themes text[] not null default '{}' check (cardinality(local_themes) <= 30),
  publics text[] not null default '{}' check (cardinality(publics) <= 30),
  languages text[] not null default '{}' check (cardinality(languages) <= 20),
  accessibility text[] not null default '{}' check (cardinality(accessibility) <= 20),
  -- For whom: an empty list or a null bound asks for nothing.
  legal_forms text[] not null default '{}' check (cardinality(legal_forms) <= 10),
  min_age_months integer check (min_age_months >= 0),
  max_age_months integer check (max_age_months >= 0),
  min_employees integer check (min_employees >= 0),
  max_employees integer check (max_employees >= 0),
  -- Where: codes of official geography (INSEE, SIREN of EPCI, QPV), or a circle.
  scope_kind text not null default 'territory' check (scope_kind in (
    'national', 'region', 'departement', 'epci', 'commune', 'priority-neighbourhood', 'territory', 'circle')),
  scope_codes text[] not null default '{}' check (cardinality(scope_codes) <= 400),
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  radius_metres integer check (radius_metres between 1 and 1000000),
  -- Funding: whom it is for and not for, rates in hundredths of a percent, amounts in cents.
  who_may text check (length(who_may) <= 3000),
  who_may_not text check (length(who_may_not) <= 3000),
  min_rate_basis_points integer check (min_rate_basis_points between 0 and 10000),
  max_rate_basis_points integer check (max_rate_basis_points between 0 and 10000),
  ceiling_cents bigint check (ceiling_cents >= 0),
  recurrence text check (recurrence in ('permanent', 'yearly', 'once')),
  opens_on date,
  closes_on date,
  conditions text check (length(conditions) <= 3000),
  cost text check (length(cost) <= 300),
  phone text check (length(phone) <= 30),
  email text check (length(email) <= 254),
  url text check (length(url) <= 500),
  -- Requests that it can take at once; null: not said.
  capacity integer check (capacity between 0 and 1000),
  source text check (length(source) <= 120),
  source_id text check (length(source_id) <= 200),
  source_url text check (length(source_url) <= 500),
  checked_on date,
  checked_by uuid references account on delete set null,
  status text not null default 'published' check (status in ('draft', 'published', 'hidden', 'withdrawn')),
  created_by uuid references account on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((latitude is null) = (longitude is null)),
  check (scope_kind <> 'circle' or (latitude is not null and radius_metres is not null)),
  check (closes_on is null or opens_on is null or closes_on >= opens_on),
  unique nulls distinct (territory_id, source, source_id)
);
create index support_territory on support (territory_id, status, kind, id);
create index support_themes on support using gin (themes);
create index support_near on support using gist (ll_to_earth(latitude, longitude)) where latitude is not null;
create index support_organization on support (organization_id) where organization_id is not null;
alter table support enable row level security;
create policy support_seen on support for select using (
  status = 'published' and skill_id is null
  or skill_id in (select s.id from skill s)
  or actor_is_staff(territory_id) or (organization_id is not null and actor_is_member(organization_id)));
create policy support_written on support for insert with check (
  actor_is_staff(territory_id) or (organization_id is not null and actor_is_member(organization_id)));
create policy support_changed on support for update using (
  actor_is_staff(territory_id) or (organization_id is not null and actor_is_member(organization_id)));
create policy support_erased on support for delete using (actor_is_staff(territory_id));

-- Something that somebody asks, in their own words. A telephone number is enough.
-- draft → moderation → open → offered → accepted → done; refused and expired offers bring it back to open;
-- closed (with a next step) and withdrawn (by whoever asks) are the other ends.
create table request (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  door text not null check (door in ('idea', 'need', 'help')),
  person_id uuid references person on delete cascade,
  organization_id uuid references organization on delete set null,
  -- The five fields: in one sentence · for whom · where · how to reach you (the person) · what you expect.
  sentence text check (length(sentence) <= 500),
  for_whom text check (length(for_whom) <= 500),
  place_words text check (length(place_words) <= 300),
  neighbourhood_id uuid references neighbourhood on delete set null,
  expectation text check (length(expectation) <= 1000),
  reached_by text check (reached_by in ('phone', 'sms', 'mail', 'visit')),
  language text not null default 'fr' check (length(language) <= 12),
  visibility text not null default 'facilitators' check (visibility in ('facilitators', 'partners')),
  themes text[] not null default '{}' check (cardinality(themes) <= 30),
  publics text[] not null default '{}' check (cardinality(publics) <= 30),
  -- Answers of the guided intake, by question, and the version that asked them.
  intake_version_id uuid,
  intake_answers jsonb not null default '{}',
  voice_file_id uuid,
  channel text not null default 'page' check (channel in ('page', 'counter', 'telephone', 'street')),
  typed_by uuid references account on delete set null,
  -- Opens the draft on another telephone, then the request itself: the code of the receipt, hashed.
  code_hash text unique,
  state text not null default 'draft' check (state in (
    'draft', 'moderation', 'open', 'offered', 'accepted', 'done', 'closed', 'withdrawn')),
  state_changed_at timestamptz not null default now(),
  version integer not null default 1,
  -- Who owes the answer, and before when (five working days): told to whoever asks on the next page.
  responsible_id uuid references account on delete set null,
  submitted_at timestamptz,
  answer_due_at timestamptz,
  -- The first human word to the person; null until then.
  answered_at timestamptz,
  warned_at timestamptz,
  -- Closed at thirty days without a move, never in silence: with this next step.
  next_step text check (length(next_step) <= 1000),
  close_reason text check (close_reason in (
    'answered', 'oriented', 'no-longer-needed', 'no-answer-from-person', 'nothing-found', 'out-of-scope', 'spam')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (state = 'draft' or (person_id is not null and sentence is not null and submitted_at is not null)),
  check ((state = 'closed') <= (next_step is not null))
);
create index request_queue on request (territory_id, state, id);
create index request_responsible on request (responsible_id, state) where responsible_id is not null;
create index request_person on request (person_id) where person_id is not null;
create index request_due on request (answer_due_at) where answered_at is null and state in ('moderation', 'open', 'offered');
create index request_idle on request (state_changed_at) where state in ('draft', 'open', 'offered', 'accepted');

create table request_move (
  id uuid primary key default uuidv7(),
  request_id uuid not null references request on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  move text not null check (length(move) <= 40),
  from_state text not null,
  to_state text not null,
  reason text check (length(reason) <= 60),
  note text check (length(note) <= 1000),
  moved_by uuid references account on delete set null,
  moved_as text not null check (moved_as in ('person', 'team', 'partner', 'platform')),
  moved_at timestamptz not null
);
create index request_move_request on request_move (request_id, id);

-- A request proposed to one actor: what is shared is listed here before it is shared, and nothing else is shown.
create table request_offer (
  id uuid primary key default uuidv7(),
  request_id uuid not null references request on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  support_id uuid references support on delete set null,
  organization_id uuid references organization on delete cascade,
  -- hand-over: the other structure takes it from here, acknowledges, and the person is told.
  kind text not null default 'offer' check (kind in ('offer', 'hand-over')),
  shared_fields text[] not null check (cardinality(shared_fields) between 1 and 12),
  consent_id uuid references consent on delete set null,
  message text check (length(message) <= 1000),
  state text not null default 'pending' check (state in ('pending', 'accepted', 'refused', 'expired', 'withdrawn', 'done')),
  reason text check (reason in ('not-for-us', 'full', 'out-of-area', 'too-soon', 'conflict-of-interest', 'other')),
  answer_note text check (length(answer_note) <= 1000),
  offered_by uuid references account on delete set null,
  offered_at timestamptz not null,
  expires_at timestamptz not null,
  answered_at timestamptz,
  answered_by uuid references account on delete set null,
  person_told_at timestamptz,
  followed_up_at timestamptz,
  reminders smallint not null default 0,
  reminded_at timestamptz
);
create index request_offer_request on request_offer (request_id, id);
create index request_offer_organization on request_offer (organization_id, state) where organization_id is not null;
create index request_offer_pending on request_offer (expires_at) where state = 'pending';
-- Of several actors who accept in the same second, the database lets one.
create unique index request_offer_one_accepted on request_offer (request_id) where state in ('accepted', 'done');

-- A link that proves one right, once, without an account: answer an offer, acknowledge, say what came of it.
create table request_link (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  request_id uuid not null references request on delete cascade,
  offer_id uuid references request_offer on delete cascade,
  purpose text not null check (purpose in ('answer', 'survey')),
  token_hash text not null unique,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index request_link_request on request_link (request_id);
create index request_link_offer on request_link (offer_id) where offer_id is not null;

-- What was promised to somebody, and kept: a call, a visit, a message. Without it « Ma semaine » would be a list of files.
create table promised_contact (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  request_id uuid references request on delete cascade,
  kind text not null check (kind in ('call', 'visit', 'meeting', 'message')),
  promised_on date not null,
  promised_by uuid references account on delete set null,
  note text check (length(note) <= 500),
  done_at timestamptz,
  outcome text check (outcome in ('reached', 'no-answer', 'postponed', 'cancelled')),
  created_at timestamptz not null default now()
);
create index promised_contact_open on promised_contact (promised_by, promised_on) where done_at is null;
create index promised_contact_request on promised_contact (request_id) where request_id is not null;

-- Three questions, by page, by the link of a message, or typed by somebody of the team.
create table request_survey (
  request_id uuid primary key references request on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  asked_at timestamptz not null,
  answered_at timestamptz,
  was_contacted text check (was_contacted in ('yes', 'no', 'not-yet')),
  was_useful text check (was_useful in ('yes', 'partly', 'no')),
  what_came text check (length(what_came) <= 1000),
  channel text check (channel in ('page', 'sms', 'mail', 'typed')),
  typed_by uuid references account on delete set null
);
create index request_survey_territory on request_survey (territory_id, asked_at);

alter table request enable row level security;
create policy request_known on request using (
  actor_is_staff(territory_id) or person_id in (select p.id from person p where p.account_id = actor_account()));
alter table request_move enable row level security;
create policy request_move_known on request_move using (request_id in (select r.id from request r));
alter table request_offer enable row level security;
create policy request_offer_known on request_offer using (
  actor_is_staff(territory_id) or (organization_id is not null and actor_is_member(organization_id)));
alter table request_link enable row level security;
create policy request_link_known on request_link using (actor_is_staff(territory_id));
alter table promised_contact enable row level security;
create policy promised_contact_known on promised_contact using (
  actor_is_operator() or promised_by = actor_account() or actor_is_staff(territory_id));
alter table request_survey enable row level security;
create policy request_survey_known on request_survey using (request_id in (select r.id from request r));
