-- The life of a request: what the round of each morning needs to know without reading every move.
-- `moved_at` is the date of the newest move, a state that stays the same included; `reminders` counts the words that
-- left since then, so that nobody is asked twice for the same thing.
alter table request
  add column moved_at timestamptz not null default now(),
  add column reminders smallint not null default 0 check (reminders >= 0);
create index request_moved on request (moved_at, id) where state in ('moderation', 'open', 'offered', 'accepted');
-- Requests that are over and whose person has not been asked what came of them.
create index request_over on request (state_changed_at, id) where state in ('done', 'closed');
-- A link is looked up by its hash alone; it is replaced, never lengthened.
create index request_link_expired on request_link (expires_at);
-- Whoever asked for a word to be kept is told by what the team owes: the newest promises first.
create index promised_contact_due on promised_contact (territory_id, promised_on) where done_at is null;
-- A request that was done may open again and be accepted by somebody else; what was done stays in its history.
drop index request_offer_one_accepted;
create unique index request_offer_one_accepted on request_offer (request_id) where state = 'accepted';
