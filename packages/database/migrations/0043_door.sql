-- The door: a request is kept while it is typed, before anybody knows who types it.
-- What was typed stays as it was typed (a telephone number may be half there), and leaves this column when it is sent.
alter table request
  add column typed jsonb,
  add constraint request_typed_draft check (typed is null or state = 'draft'),
  add constraint request_typed_size check (length(typed::text) <= 8000),
  -- A draft is found by its code alone: without one nobody could open it again.
  add constraint request_draft_code check (state <> 'draft' or code_hash is not null);
create index request_draft on request (updated_at) where state = 'draft';
