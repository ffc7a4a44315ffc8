-- The journey: as what somebody decided on a step, and what a project chose to show outside of its circle.
-- Why what is shown is a copy: whoever confirmed read it word for word; what is written later in the dossier stays
-- there until it is confirmed in its turn.

alter table step_decision
  add column decided_as text check (decided_as in ('carrier', 'member', 'facilitator'));

create table shared_project (
  -- One for each dossier: the address of the public page is its id.
  dossier_id uuid primary key references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  audience text not null check (audience in ('territory', 'public')),
  title text not null check (length(title) between 1 and 160),
  neighbourhood_id uuid references neighbourhood on delete set null,
  themes text[] not null default '{}' check (cardinality(themes) <= 30),
  sentence text check (length(sentence) <= 4000),
  for_whom text check (length(for_whom) <= 4000),
  place_words text check (length(place_words) <= 4000),
  aim text check (length(aim) <= 4000),
  first_actions text check (length(first_actions) <= 4000),
  hoped_change text check (length(hoped_change) <= 4000),
  -- Digest of what was listed and confirmed: says whether something was written since.
  mark text check (length(mark) <= 64),
  shared_by uuid references account on delete set null,
  -- Whoever accompanies writes down a yes said aloud.
  shared_as text not null check (shared_as in ('carrier', 'member', 'facilitator')),
  shared_at timestamptz not null,
  -- Taken back: its words are emptied, the row stays, so that what a moderator hid does not come back by itself.
  withdrawn_at timestamptz,
  hidden_at timestamptz
);
create index shared_project_shown on shared_project (territory_id, dossier_id)
  where withdrawn_at is null and hidden_at is null;

-- Whether the actor holds any role in a territory.
create function actor_is_of(territory uuid) returns boolean language sql stable security definer set search_path = public as $$
  select exists (
    select from role_grant g where g.account_id = actor_account() and g.territory_id = territory and g.ended_at is null)
$$;

alter table shared_project enable row level security;
create policy shared_project_seen on shared_project for select using (
  actor_is_operator() or dossier_id in (select actor_dossiers())
  or (withdrawn_at is null and actor_is_staff(territory_id))
  or (withdrawn_at is null and hidden_at is null
    and (audience = 'public' or (audience = 'territory' and actor_is_of(territory_id)))));
create policy shared_project_shared on shared_project for insert with check (
  actor_is_operator() or dossier_id in (select actor_working_dossiers()));
create policy shared_project_changed on shared_project for update using (
  actor_is_operator() or dossier_id in (select actor_working_dossiers()) or actor_is_staff(territory_id));
create policy shared_project_erased on shared_project for delete using (actor_is_operator());

-- A project that is shown may be flagged, and its circle contests what was decided.
alter table flag drop constraint flag_subject_kind;
alter table flag add constraint flag_subject_kind check (subject_kind in ('organization', 'post', 'skill', 'project'));
create or replace function actor_wrote(kind text, subject uuid) returns boolean language sql stable as $$
  select case kind
    when 'organization' then exists (
      select from organization o where o.id = subject and (o.created_by = actor_account() or actor_is_member(o.id)))
    when 'post' then exists (
      select from post p where p.id = subject and (p.posted_by = actor_account() or actor_is_member(p.organization_id)))
    when 'skill' then exists (
      select from skill s join person p on p.id = s.person_id where s.id = subject and p.account_id = actor_account())
    when 'project' then subject in (select actor_working_dossiers())
    else false end
$$;
