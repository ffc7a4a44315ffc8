-- A pause from the acceptance of an accompaniment on, and not only once it is under way.
-- Why: each step of a journey may end by a pause, and a structure that is not ready stops answering, during its diagnosis
-- as well; until now nothing showed that, and reminders went on. What was interrupted is kept, so that it is taken up
-- where it stood: a resumed diagnosis is a diagnosis, and a plan to which nobody said yes is accepted by no detour.
-- A request that still waits for its orientation is not paused: somebody is owed an answer.

alter table dossier add column paused_from text
  check (paused_from in ('accepted', 'diagnosis', 'plan-proposed', 'plan-accepted', 'under-way'));
update dossier set paused_from = 'under-way' where state = 'paused';
alter table dossier add constraint dossier_paused_from check (paused_from is null or state = 'paused');
