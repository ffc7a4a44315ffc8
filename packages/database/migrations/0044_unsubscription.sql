-- Messages that nobody is obliged to receive: each ends with an address that stops them, without an account.
-- Why a digest: whoever says no must be remembered for as long as messages are sent, without keeping their address
-- for it. The key makes digests that nobody else can compute and signs the addresses; it never leaves the database.

create table message_key (
  only_one boolean primary key default true check (only_one),
  secret text not null default gen_random_uuid()::text || gen_random_uuid()::text
);
insert into message_key default values;
alter table message_key enable row level security;
create policy message_key_used on message_key for select using (actor_is_operator());

-- One refusal: of a kind of message, by whoever is at an address. Taking it back deletes the row.
create table unsubscription (
  recipient_digest text not null check (length(recipient_digest) between 16 and 64),
  kind text not null check (length(kind) between 1 and 40),
  decided_at timestamptz not null,
  primary key (recipient_digest, kind)
);
alter table unsubscription enable row level security;
create policy unsubscription_decided on unsubscription using (actor_is_operator());
