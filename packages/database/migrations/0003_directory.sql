-- The living directory: an organisation, its places, its services, its needs and offers are separate things
-- (HSDS, data·inclusion). An informal group is a full organisation. Every change of a field keeps the value before.

create table organization (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  name text not null check (length(name) between 1 and 200),
  acronym text check (length(acronym) <= 40),
  -- association, informal-group, company, cooperative, public-body, foundation, mutual, other
  legal_form text not null default 'other' check (legal_form in (
    'association', 'informal-group', 'company', 'cooperative', 'public-body', 'foundation', 'mutual', 'other')),
  siret text check (siret ~ '^\d{14}$'),
  rna text check (rna ~ '^W\d{9}$'),
  description text check (length(description) <= 10000),
  description_en text check (length(description_en) <= 10000),
  plain_description text check (length(plain_description) <= 2000),
  website text check (length(website) <= 500),
  email text check (length(email) <= 254),
  phone text check (length(phone) <= 30),
  themes text[] not null default '{}' check (cardinality(themes) <= 30),
  local_themes text[] not null default '{}' check (cardinality(local_themes) <= 30),
  publics text[] not null default '{}' check (cardinality(publics) <= 30),
  networks text[] not null default '{}' check (cardinality(networks) <= 30),
  -- draft: being written; held: waits for a human; published; hidden: by a moderator or long stale; merged: points to another.
  status text not null default 'draft' check (status in ('draft', 'held', 'published', 'hidden', 'merged')),
  status_reason text,
  merged_into uuid references organization,
  -- Freshness by promise: the author says every how many months the sheet is confirmed.
  promise_months smallint not null default 12 check (promise_months in (1, 3, 6, 12, 16)),
  confirmed_at timestamptz,
  stale_at timestamptz,
  confirm_token_hash text unique,
  source text check (length(source) <= 120),
  source_id text check (length(source_id) <= 200),
  source_url text check (length(source_url) <= 500),
  source_updated_on date,
  created_by uuid references account on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  published_at timestamptz,
  check ((status = 'merged') = (merged_into is not null)),
  unique nulls distinct (territory_id, source, source_id)
);
create index organization_territory on organization (territory_id, status, id);
create index organization_siret on organization (territory_id, siret) where siret is not null;
create index organization_rna on organization (territory_id, rna) where rna is not null;
create index organization_stale on organization (stale_at) where status = 'published';
create index organization_merged on organization (merged_into) where merged_into is not null;

create table place (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  organization_id uuid not null references organization on delete cascade,
  label text check (length(label) <= 200),
  address text check (length(address) <= 300),
  address_complement text check (length(address_complement) <= 300),
  postcode text check (postcode ~ '^\d{5}$'),
  city text check (length(city) <= 120),
  city_code text check (city_code ~ '^\d[0-9AB]\d{3}$'),
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  neighbourhood_id uuid references neighbourhood on delete set null,
  -- OSM syntax, checked before it is written.
  opening_hours text check (length(opening_hours) <= 1000),
  accessibility text check (length(accessibility) <= 1000),
  accessibility_url text check (length(accessibility_url) <= 500),
  position integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((latitude is null) = (longitude is null))
);
create index place_organization on place (organization_id, position, id);
create index place_neighbourhood on place (neighbourhood_id) where neighbourhood_id is not null;
create index place_near on place using gist (ll_to_earth(latitude, longitude)) where latitude is not null;

create table service (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  organization_id uuid not null references organization on delete cascade,
  name text not null check (length(name) between 1 and 200),
  description text check (length(description) <= 10000),
  kind text check (length(kind) <= 60),
  themes text[] not null default '{}' check (cardinality(themes) <= 30),
  publics text[] not null default '{}' check (cardinality(publics) <= 30),
  publics_details text check (length(publics_details) <= 2000),
  conditions text check (length(conditions) <= 2000),
  fees text check (length(fees) <= 60),
  fees_details text check (length(fees_details) <= 2000),
  reception_modes text[] not null default '{}' check (cardinality(reception_modes) <= 10),
  mobilization_modes text[] not null default '{}' check (cardinality(mobilization_modes) <= 20),
  mobilization_details text check (length(mobilization_details) <= 2000),
  mobilization_url text check (length(mobilization_url) <= 500),
  mobilized_by text[] not null default '{}' check (cardinality(mobilized_by) <= 10),
  eligibility_zones text[] not null default '{}' check (cardinality(eligibility_zones) <= 200),
  contact_role text check (length(contact_role) <= 120),
  phone text check (length(phone) <= 30),
  email text check (length(email) <= 254),
  opening_hours text check (length(opening_hours) <= 1000),
  hours_per_week numeric(5, 2) check (hours_per_week >= 0),
  weeks_count integer check (weeks_count >= 0),
  source text check (length(source) <= 120),
  source_id text check (length(source_id) <= 200),
  source_url text check (length(source_url) <= 500),
  source_updated_on date,
  position integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique nulls distinct (territory_id, source, source_id)
);
create index service_organization on service (organization_id, position, id);
create index service_territory on service (territory_id, id);

create table service_place (
  service_id uuid not null references service on delete cascade,
  place_id uuid not null references place on delete cascade,
  primary key (service_id, place_id)
);
create index service_place_place on service_place (place_id);

-- Needs and offers: open → in contact → fulfilled, expired or withdrawn; whoever posted can say what came of it.
create table post (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  organization_id uuid not null references organization on delete cascade,
  kind text not null check (kind in ('need', 'offer')),
  category text not null check (category in ('room', 'equipment', 'skill', 'time', 'money', 'contact', 'vehicle', 'other')),
  title text not null check (length(title) between 3 and 160),
  description text check (length(description) <= 3000),
  state text not null default 'open' check (state in ('open', 'in-contact', 'fulfilled', 'expired', 'withdrawn')),
  outcome text check (length(outcome) <= 1000),
  expires_on date not null,
  posted_by uuid references account on delete set null,
  posted_at timestamptz not null default now(),
  state_changed_at timestamptz not null default now()
);
create index post_organization on post (organization_id, id);
create index post_territory on post (territory_id, kind, state, id);

-- What somebody can do for others: shown only with a consent, and only as they wish.
create table skill (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  person_id uuid not null references person on delete cascade,
  consent_id uuid not null references consent,
  title text not null check (length(title) between 3 and 160),
  description text check (length(description) <= 2000),
  shown_as text not null check (shown_as in ('first-name', 'initials', 'anonymous')),
  shown_name text check (length(shown_name) <= 60),
  visibility text not null default 'facilitators' check (visibility in ('facilitators', 'members', 'public')),
  status text not null default 'published' check (status in ('held', 'published', 'withdrawn')),
  created_at timestamptz not null default now(),
  withdrawn_at timestamptz
);
create index skill_territory on skill (territory_id, id);

-- One row for each field that changed: the value before and after, by whom, from which source.
-- `by_hand` protects the field from a later import.
create table field_change (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  subject_kind text not null check (subject_kind in ('organization', 'place', 'service', 'post')),
  subject_id uuid not null,
  organization_id uuid not null references organization on delete cascade,
  field text not null,
  previous jsonb,
  value jsonb,
  changed_by uuid references account on delete set null,
  by_hand boolean not null,
  source text,
  import_run_id uuid,
  changed_at timestamptz not null default now()
);
create index field_change_subject on field_change (subject_kind, subject_id, field, id desc);
create index field_change_organization on field_change (organization_id, id desc);
create index field_change_import on field_change (import_run_id) where import_run_id is not null;

-- "Closed", "moved", "wrong number": anyone may say it, without an account; a human decides.
create table correction (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  organization_id uuid not null references organization on delete cascade,
  kind text not null check (kind in ('closed', 'moved', 'wrong-number', 'wrong-hours', 'other')),
  details text check (length(details) <= 2000),
  reporter_contact text check (length(reporter_contact) <= 254),
  reporter_account uuid references account on delete set null,
  received_at timestamptz not null default now(),
  state text not null default 'open' check (state in ('open', 'applied', 'dismissed')),
  decision_reason text check (length(decision_reason) <= 1000),
  decided_by uuid references account on delete set null,
  decided_at timestamptz
);
create index correction_open on correction (territory_id, id) where state = 'open';
create index correction_organization on correction (organization_id, id);

-- Flags on anything public, and what a moderator decided, with a reason that the author reads and may contest.
create table flag (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  subject_kind text not null check (length(subject_kind) <= 40),
  subject_id uuid not null,
  reason text not null check (reason in ('insult', 'private-data', 'false', 'spam', 'discrimination', 'other')),
  details text check (length(details) <= 2000),
  reporter_account uuid references account on delete set null,
  reporter_contact text check (length(reporter_contact) <= 254),
  received_at timestamptz not null default now(),
  decision_id uuid
);
create index flag_open on flag (territory_id, id) where decision_id is null;
create index flag_subject on flag (subject_kind, subject_id);

create table moderation_decision (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  subject_kind text not null check (length(subject_kind) <= 40),
  subject_id uuid not null,
  outcome text not null check (outcome in ('approved', 'refused', 'hidden', 'restored', 'kept')),
  reason text not null check (reason in ('fine', 'insult', 'private-data', 'false', 'spam', 'discrimination', 'out-of-scope', 'reserved-name', 'other')),
  explanation text check (length(explanation) <= 2000),
  decided_by uuid references account on delete set null,
  decided_at timestamptz not null default now(),
  appeal_text text check (length(appeal_text) <= 2000),
  appealed_by uuid references account on delete set null,
  appealed_at timestamptz,
  appeal_decision_id uuid references moderation_decision on delete set null
);
create index moderation_decision_subject on moderation_decision (subject_kind, subject_id, id);
create index moderation_decision_appeals on moderation_decision (territory_id, id)
  where appealed_at is not null and appeal_decision_id is null;

alter table organization enable row level security;
create policy organization_seen on organization for select using (
  status in ('published', 'merged') or created_by = actor_account() or actor_is_staff(territory_id) or actor_is_member(id));
create policy organization_written on organization for insert with check (
  actor_is_staff(territory_id) or created_by = actor_account());
create policy organization_changed on organization for update using (
  actor_is_staff(territory_id) or actor_is_member(id) or created_by = actor_account());
create policy organization_erased on organization for delete using (actor_is_operator());
alter table skill enable row level security;
create policy skill_known on skill using (
  actor_is_staff(territory_id)
  or person_id in (select p.id from person p where p.account_id = actor_account())
  or (status = 'published' and visibility = 'public'));
alter table correction enable row level security;
create policy correction_sent on correction for insert with check (true);
create policy correction_known on correction for select using (
  actor_is_staff(territory_id) or reporter_account = actor_account());
create policy correction_decided on correction for update using (actor_is_staff(territory_id));
create policy correction_expired on correction for delete using (actor_is_operator());
alter table flag enable row level security;
create policy flag_sent on flag for insert with check (true);
create policy flag_known on flag for select using (
  actor_is_staff(territory_id) or reporter_account = actor_account());
create policy flag_decided on flag for update using (actor_is_staff(territory_id));
create policy flag_expired on flag for delete using (actor_is_operator());
