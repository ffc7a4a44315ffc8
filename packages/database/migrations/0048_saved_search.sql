-- Searches that somebody wants to hear about: of the directory, of needs and offers, of the catalogue of supports.
-- An account is not needed: a mail address or a telephone number that its owner confirmed is enough.

create table saved_search (
  id uuid primary key default uuidv7(),
  territory_id uuid not null references territory on delete cascade,
  account_id uuid references account on delete cascade,
  email text check (email = lower(email) and length(email) <= 254),
  phone text check (length(phone) <= 30),
  -- Whoever owns the address said yes; until then nothing but the question leaves for it.
  confirmed_at timestamptz,
  about text not null check (about in ('directory', 'need', 'offer', 'support')),
  -- What is searched: words, codes of themes and publics, kinds, a neighbourhood, a category.
  criteria jsonb not null check (length(criteria::text) <= 2000),
  label text not null check (length(label) between 1 and 200),
  frequency text not null default 'weekly' check (frequency in ('never', 'daily', 'weekly', 'monthly')),
  language text not null default 'fr' check (length(language) <= 12),
  -- What came after this instant is new.
  looked_at timestamptz not null,
  created_at timestamptz not null default now(),
  check (num_nonnulls(account_id, email, phone) = 1),
  check (account_id is null or confirmed_at is not null)
);
create index saved_search_account on saved_search (account_id) where account_id is not null;
create index saved_search_email on saved_search (email) where email is not null;
create index saved_search_phone on saved_search (phone) where phone is not null;
create index saved_search_due on saved_search (looked_at) where confirmed_at is not null and frequency <> 'never';
create index saved_search_unconfirmed on saved_search (created_at) where confirmed_at is null;
create index saved_search_territory on saved_search (territory_id);
alter table saved_search enable row level security;
create policy saved_search_own on saved_search using (
  actor_is_operator() or (account_id is not null and account_id = actor_account()));
