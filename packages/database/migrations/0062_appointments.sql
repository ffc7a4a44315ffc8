-- Support: the appointments of a dossier, their invitations, and the secret address by which a calendar shows them.
-- Why a sequence: a calendar that got an invitation follows its changes by a number that rises. Why the invitation is
-- kept with its mail: it must say what was true when the mail was decided, however late it leaves.

alter table outbox add column calendar_method text check (calendar_method in ('REQUEST', 'CANCEL'));
alter table outbox add column calendar_text text;
alter table outbox add constraint outbox_calendar_mail check (
  (calendar_text is null) = (calendar_method is null) and (calendar_text is null or channel = 'mail'));

create table appointment (
  id uuid primary key default uuidv7(),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  starts_at timestamptz not null,
  minutes smallint not null check (minutes between 5 and 600),
  way text not null check (way in ('place', 'phone', 'video', 'home')),
  place text check (length(place) <= 200),
  -- What it is about, in one line: for the circle alone, never in a mail.
  about text check (length(about) <= 200),
  state text not null check (state in ('proposed', 'confirmed', 'seen', 'excused', 'cancelled', 'missed')),
  state_changed_at timestamptz not null,
  state_changed_by uuid references account on delete set null,
  reason text check (length(reason) <= 300),
  sequence integer not null default 0 check (sequence >= 0),
  made_by uuid references account on delete set null,
  made_at timestamptz not null
);
create index appointment_dossier on appointment (dossier_id, starts_at desc, id desc);
create index appointment_to_come on appointment (starts_at) where state in ('proposed', 'confirmed');

create table appointment_participant (
  id uuid primary key default uuidv7(),
  appointment_id uuid not null references appointment on delete cascade,
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  member_id uuid not null references dossier_member on delete cascade,
  -- When they agreed to be reminded by text message.
  sms_agreed_at timestamptz,
  unique (appointment_id, member_id)
);
create index appointment_participant_member on appointment_participant (member_id);
call keep_in_circle('appointment');
call keep_in_circle('appointment_participant');

-- A calendar subscribes by a secret address; only its digest is kept, and its owner revokes it.
create table calendar_link (
  id uuid primary key default uuidv7(),
  account_id uuid not null references account on delete cascade,
  token_hash text not null unique check (length(token_hash) between 20 and 100),
  -- Chosen by its owner: whether the calendar also shows what the dossier is called.
  shows text not null check (shows in ('times', 'titles')),
  made_at timestamptz not null,
  revoked_at timestamptz,
  last_read_on date
);
create unique index calendar_link_in_force on calendar_link (account_id) where revoked_at is null;
alter table calendar_link enable row level security;
create policy calendar_link_owned on calendar_link using (actor_is_operator() or account_id = actor_account());
