-- Support: the conversations of a dossier, what is recommended in them, and its private documents.
-- Why pieces: a message is a list in order (words, a recommendation, a contact, a document), so that what was
-- recommended has a state of its own and is found again. Why policies on drafts: what is not published yet is its
-- author's alone, and what is published no longer changes, whoever asks. Why an audience: those who advise may speak
-- apart; that room is the database's to close, and the person's own export opens it.

-- The dossiers in which the actor advises: facilitators and experts, with the same thirty days for who left.
create function actor_advised_dossiers() returns setof uuid language sql stable security definer set search_path = public as $$
  select m.dossier_id from dossier_member m
  where m.account_id = actor_account() and m.role in ('facilitator', 'expert')
    and (m.left_at is null or m.reads_until > actor_now())
$$;

create table dossier_document (
  id uuid primary key default uuidv7(),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  audience text not null default 'circle' check (audience in ('circle', 'advisers')),
  -- The bytes stand in the file store, under this id.
  file_id uuid not null unique,
  name text not null check (length(name) between 1 and 160),
  media_type text not null check (length(media_type) <= 100),
  bytes integer not null check (bytes between 1 and 10000000),
  added_by uuid references account on delete set null,
  added_at timestamptz not null
);
create index dossier_document_dossier on dossier_document (dossier_id, id desc);

create table talk_thread (
  id uuid primary key default uuidv7(),
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  audience text not null check (audience in ('circle', 'advisers')),
  subject text not null check (length(subject) between 2 and 160),
  started_by uuid references account on delete set null,
  started_at timestamptz not null,
  -- Its first message was published; until then it is a draft of whoever started it.
  opened_at timestamptz,
  last_message_at timestamptz not null
);
create index talk_thread_dossier on talk_thread (dossier_id, audience, last_message_at desc, id desc);

create table talk_message (
  id uuid primary key default uuidv7(),
  thread_id uuid not null references talk_thread on delete cascade,
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  written_by uuid references account on delete set null,
  -- Said aloud by somebody of the circle, and typed for them.
  spoken_by uuid references dossier_member on delete set null,
  written_at timestamptz not null,
  published_at timestamptz
);
create index talk_message_thread on talk_message (thread_id, published_at, id);
create index talk_message_dossier on talk_message (dossier_id);

create table talk_recommendation (
  id uuid primary key default uuidv7(),
  message_id uuid not null references talk_message on delete cascade,
  thread_id uuid not null references talk_thread on delete cascade,
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  support_id uuid references support on delete set null,
  organization_id uuid references organization on delete set null,
  -- What is recommended, as it was called that day: the sheet may go, the recommendation stays.
  title text not null check (length(title) between 2 and 200),
  why text check (length(why) <= 1000),
  due_on date,
  state text not null default 'proposed' check (state in (
    'proposed', 'under-way', 'blocked', 'done', 'not-interested', 'already-done')),
  state_changed_at timestamptz not null,
  state_changed_by uuid references account on delete set null,
  check (num_nonnulls(support_id, organization_id) <= 1)
);
create index talk_recommendation_message on talk_recommendation (message_id);
create index talk_recommendation_dossier on talk_recommendation (dossier_id, state);

create table talk_piece (
  id uuid primary key default uuidv7(),
  message_id uuid not null references talk_message on delete cascade,
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  position smallint not null check (position between 1 and 40),
  kind text not null check (kind in ('text', 'recommendation', 'state', 'contact', 'document')),
  -- The text; of a contact or a document, its name as it was that day.
  words text check (length(words) <= 4000),
  recommendation_id uuid references talk_recommendation on delete cascade,
  -- A reply that carries a change of state.
  to_state text check (to_state in ('proposed', 'under-way', 'blocked', 'done', 'not-interested', 'already-done')),
  organization_id uuid references organization on delete set null,
  document_id uuid references dossier_document on delete set null,
  unique (message_id, position) deferrable initially deferred,
  check (kind not in ('text', 'contact', 'document') or words is not null),
  check ((kind in ('recommendation', 'state')) = (recommendation_id is not null)),
  check ((kind = 'state') = (to_state is not null))
);
create index talk_piece_recommendation on talk_piece (recommendation_id) where recommendation_id is not null;
create index talk_piece_dossier on talk_piece (dossier_id);

-- How far each of the circle has read a thread, and when a mail last said that something waits.
create table talk_reader (
  thread_id uuid not null references talk_thread on delete cascade,
  account_id uuid not null references account on delete cascade,
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  read_at timestamptz,
  told_at timestamptz,
  primary key (thread_id, account_id)
);
create index talk_reader_account on talk_reader (account_id);

alter table dossier_document enable row level security;
create policy dossier_document_seen on dossier_document for select using (
  actor_is_operator() or (dossier_id in (select actor_dossiers())
    and (audience = 'circle' or dossier_id in (select actor_advised_dossiers()))));
create policy dossier_document_added on dossier_document for insert with check (
  actor_is_operator() or (added_by = actor_account() and dossier_id in (select actor_working_dossiers())
    and (audience = 'circle' or dossier_id in (select actor_advised_dossiers()))));
create policy dossier_document_changed on dossier_document for update using (actor_is_operator());
create policy dossier_document_removed on dossier_document for delete using (
  actor_is_operator() or (dossier_id in (select actor_working_dossiers())
    and (audience = 'circle' or dossier_id in (select actor_advised_dossiers()))));

alter table talk_thread enable row level security;
create policy talk_thread_seen on talk_thread for select using (
  actor_is_operator() or (dossier_id in (select actor_dossiers())
    and (audience = 'circle' or dossier_id in (select actor_advised_dossiers()))
    and (opened_at is not null or started_by = actor_account())));
create policy talk_thread_started on talk_thread for insert with check (
  actor_is_operator() or (started_by = actor_account() and dossier_id in (select actor_working_dossiers())
    and (audience = 'circle' or dossier_id in (select actor_advised_dossiers()))));
create policy talk_thread_moved on talk_thread for update using (
  actor_is_operator() or (dossier_id in (select actor_working_dossiers())
    and (audience = 'circle' or dossier_id in (select actor_advised_dossiers()))));
create policy talk_thread_dropped on talk_thread for delete using (
  actor_is_operator() or (started_by = actor_account() and opened_at is null));

-- What follows is seen by whoever sees the thread: the subqueries are read under its policy.
alter table talk_message enable row level security;
create policy talk_message_seen on talk_message for select using (
  actor_is_operator() or ((published_at is not null or written_by = actor_account())
    and exists (select from talk_thread t where t.id = talk_message.thread_id)));
create policy talk_message_written on talk_message for insert with check (
  actor_is_operator() or (written_by = actor_account() and published_at is null
    and dossier_id in (select actor_working_dossiers())
    and exists (select from talk_thread t where t.id = talk_message.thread_id and t.dossier_id = talk_message.dossier_id)));
create policy talk_message_published on talk_message for update
  using (actor_is_operator() or (written_by = actor_account() and published_at is null))
  with check (actor_is_operator() or (written_by = actor_account() and dossier_id in (select actor_working_dossiers())));
create policy talk_message_dropped on talk_message for delete using (
  actor_is_operator() or (written_by = actor_account() and published_at is null));

alter table talk_recommendation enable row level security;
create policy talk_recommendation_seen on talk_recommendation for select using (
  actor_is_operator() or exists (select from talk_message m where m.id = talk_recommendation.message_id));
create policy talk_recommendation_made on talk_recommendation for insert with check (
  actor_is_operator() or exists (
    select from talk_message m where m.id = talk_recommendation.message_id
      and m.written_by = actor_account() and m.published_at is null));
create policy talk_recommendation_moved on talk_recommendation for update using (
  actor_is_operator() or (dossier_id in (select actor_working_dossiers())
    and exists (select from talk_message m where m.id = talk_recommendation.message_id)));
create policy talk_recommendation_dropped on talk_recommendation for delete using (
  actor_is_operator() or exists (
    select from talk_message m where m.id = talk_recommendation.message_id
      and m.written_by = actor_account() and m.published_at is null));

-- A piece is added, moved and taken away in a draft of one's own, and nowhere else.
alter table talk_piece enable row level security;
create policy talk_piece_seen on talk_piece for select using (
  actor_is_operator() or exists (select from talk_message m where m.id = talk_piece.message_id));
create policy talk_piece_written on talk_piece using (
  actor_is_operator() or exists (
    select from talk_message m where m.id = talk_piece.message_id
      and m.written_by = actor_account() and m.published_at is null));

alter table talk_reader enable row level security;
create policy talk_reader_kept on talk_reader using (
  actor_is_operator() or exists (select from talk_thread t where t.id = talk_reader.thread_id));
