-- People: accounts (better-auth's four tables under our names), roles, invitations, persons without an account,
-- consents, assisted entry. An account proves who acts; a person is whoever is named, with or without an account.

create table account (
  id uuid primary key default uuidv7(),
  name text not null check (length(name) <= 120),
  email text not null unique check (email = lower(email) and length(email) <= 254),
  email_verified boolean not null default false,
  image text,
  two_factor_enabled boolean not null default false,
  language text not null default 'fr' check (length(language) <= 12),
  -- new → verified (known by a facilitator) → trusted; decides whether publications are held.
  trust text not null default 'new' check (trust in ('new', 'verified', 'trusted')),
  suspended_at timestamptz,
  last_seen_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table session (
  id uuid primary key default uuidv7(),
  account_id uuid not null references account on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index session_account on session (account_id);
create index session_expiry on session (expires_at);

create table credential (
  id uuid primary key default uuidv7(),
  account_id uuid not null references account on delete cascade,
  provider_account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, provider_account_id)
);
create index credential_account on credential (account_id);

create table verification (
  id uuid primary key default uuidv7(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier on verification (identifier);
create index verification_expiry on verification (expires_at);

create table passkey (
  id uuid primary key default uuidv7(),
  account_id uuid not null references account on delete cascade,
  name text,
  public_key text not null,
  credential_id text not null unique,
  counter integer not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz default now()
);
create index passkey_account on passkey (account_id);

create table two_factor (
  id uuid primary key default uuidv7(),
  account_id uuid not null references account on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean default false,
  failed_verification_count integer default 0,
  locked_until timestamptz
);
create index two_factor_account on two_factor (account_id);

-- A role is held in a territory (platform-administrator: nowhere in particular), from a date, by somebody's decision.
create table role_grant (
  id uuid primary key default uuidv7(),
  account_id uuid not null references account on delete cascade,
  role text not null check (role in (
    'resident', 'project-carrier', 'organization-member', 'organization-manager', 'facilitator', 'expert',
    'trainer', 'juror', 'coordinator', 'funder', 'platform-administrator')),
  territory_id uuid references territory on delete cascade,
  organization_id uuid,
  granted_by uuid references account on delete set null,
  granted_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by uuid references account on delete set null,
  check ((role = 'platform-administrator') = (territory_id is null)),
  check ((role in ('organization-member', 'organization-manager')) = (organization_id is not null))
);
create unique index role_grant_once on role_grant (account_id, role, territory_id, organization_id)
  nulls not distinct where ended_at is null;
create index role_grant_territory on role_grant (territory_id, role) where ended_at is null;

create table invitation (
  id uuid primary key default uuidv7(),
  territory_id uuid references territory on delete cascade,
  email text not null check (email = lower(email) and length(email) <= 254),
  role text not null,
  organization_id uuid,
  token_hash text not null unique,
  invited_by uuid not null references account on delete cascade,
  invited_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid references account on delete set null,
  withdrawn_at timestamptz
);
create index invitation_territory on invitation (territory_id, id);

-- Somebody who is named: a phone number is enough.
create table person (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  account_id uuid references account on delete set null,
  display_name text not null check (length(display_name) between 1 and 120),
  email text check (length(email) <= 254),
  phone text check (length(phone) <= 30),
  neighbourhood_id uuid references neighbourhood on delete set null,
  entered_by uuid references account on delete set null,
  created_at timestamptz not null default now(),
  last_contact_at timestamptz not null default now(),
  erased_at timestamptz
);
create index person_territory on person (territory_id, id);
create index person_account on person (account_id) where account_id is not null;

-- A consent is a dated row with the version of the text that was read out or shown; withdrawing is another date.
create table consent (
  id uuid primary key default uuidv7(),
  account_id uuid references account on delete cascade,
  person_id uuid references person on delete cascade,
  territory_id uuid references territory on delete cascade,
  purpose text not null check (length(purpose) <= 60),
  text_version text not null check (length(text_version) <= 40),
  channel text not null check (channel in ('page', 'paper', 'oral', 'phone')),
  recorded_by uuid references account on delete set null,
  given_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  check (account_id is not null or person_id is not null)
);
create index consent_account on consent (account_id) where account_id is not null;
create index consent_person on consent (person_id) where person_id is not null;

-- A facilitator typed for somebody: who typed, for whom, what, and the code on the paper receipt (hashed).
create table assisted_entry (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  person_id uuid not null references person on delete cascade,
  typed_by uuid references account on delete set null,
  subject_kind text not null check (length(subject_kind) <= 40),
  subject_id uuid not null,
  receipt_hash text not null unique,
  agreed_orally boolean not null check (agreed_orally),
  typed_at timestamptz not null default now(),
  last_opened_at timestamptz
);
create index assisted_entry_subject on assisted_entry (subject_kind, subject_id);
create index assisted_entry_person on assisted_entry (person_id);

alter table invitation enable row level security;
create policy invitation_staff on invitation using (
  actor_is_operator() or invited_by = actor_account() or (territory_id is not null and actor_is_staff(territory_id)));
alter table person enable row level security;
create policy person_known on person using (
  actor_is_staff(territory_id) or account_id = actor_account());
alter table consent enable row level security;
create policy consent_own on consent using (
  actor_is_operator() or account_id = actor_account()
  or person_id in (select p.id from person p)
  or (territory_id is not null and actor_is_staff(territory_id)));
alter table assisted_entry enable row level security;
create policy assisted_entry_known on assisted_entry using (
  actor_is_staff(territory_id) or person_id in (select p.id from person p));
