-- A request from which an accompaniment begins has found its answer: it neither waits nor closes by itself any more.
alter table request drop constraint request_close_reason_check;
alter table request add constraint request_close_reason_check check (close_reason in (
  'answered', 'oriented', 'accompanied', 'no-longer-needed', 'no-answer-from-person', 'nothing-found', 'out-of-scope',
  'spam'));
