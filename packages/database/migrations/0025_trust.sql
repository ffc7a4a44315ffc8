-- Trust: what moderation, receipts and retention need to remember.
-- A decision answers every open flag on its subject and every appeal that waits on it: the database says so, because
-- decisions are taken by several commands. What a moderator hides keeps the state it had, and comes back intact.

-- The two warnings before an account that nobody uses is erased.
alter table account
  add column inactivity_warnings smallint not null default 0 check (inactivity_warnings between 0 and 2),
  add column inactivity_warned_at timestamptz;

-- A hidden need or offer leaves the pages and the search as a withdrawn one does; only a moderator brings it back.
alter table post
  add column hidden_at timestamptz,
  add column hidden_state text check (hidden_state in ('open', 'in-contact', 'fulfilled', 'expired', 'withdrawn')),
  add constraint post_hidden check ((hidden_at is null) = (hidden_state is null)),
  add constraint post_hidden_withdrawn check (hidden_at is null or state = 'withdrawn');

alter table skill drop constraint skill_status_check;
alter table skill add constraint skill_status_check check (status in ('held', 'published', 'hidden', 'withdrawn'));

alter table moderation_decision
  add constraint moderation_decision_appeal check ((appeal_text is null or appealed_at is not null));
create index moderation_decision_year on moderation_decision (territory_id, decided_at);
create index flag_year on flag (territory_id, received_at);
alter table flag add constraint flag_subject_kind check (subject_kind in ('organization', 'post', 'skill'));

create function decision_answers() returns trigger language plpgsql as $$
begin
  update flag set decision_id = new.id
    where territory_id = new.territory_id and subject_kind = new.subject_kind and subject_id = new.subject_id
      and decision_id is null;
  update moderation_decision set appeal_decision_id = new.id
    where territory_id = new.territory_id and subject_kind = new.subject_kind and subject_id = new.subject_id
      and id <> new.id and appealed_at is not null and appeal_decision_id is null;
  return null;
end $$;
create trigger decision_answers after insert on moderation_decision for each row execute function decision_answers();

-- Whether the actor wrote what a decision is about.
create function actor_wrote(kind text, subject uuid) returns boolean language sql stable as $$
  select case kind
    when 'organization' then exists (
      select from organization o where o.id = subject and (o.created_by = actor_account() or actor_is_member(o.id)))
    when 'post' then exists (
      select from post p where p.id = subject and (p.posted_by = actor_account() or actor_is_member(p.organization_id)))
    when 'skill' then exists (
      select from skill s join person p on p.id = s.person_id where s.id = subject and p.account_id = actor_account())
    else false end
$$;
alter table moderation_decision enable row level security;
create policy moderation_decision_taken on moderation_decision for insert with check (actor_is_staff(territory_id));
create policy moderation_decision_known on moderation_decision for select using (
  actor_is_staff(territory_id) or actor_wrote(subject_kind, subject_id));
create policy moderation_decision_contested on moderation_decision for update using (
  actor_is_staff(territory_id) or actor_wrote(subject_kind, subject_id));
create policy moderation_decision_expired on moderation_decision for delete using (actor_is_operator());

-- A person entered at a counter may have given up nothing but a telephone: receipts are looked up by their hash alone.
create index assisted_entry_territory on assisted_entry (territory_id, id desc);
