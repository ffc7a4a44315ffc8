-- Support: which of those invited come to an appointment.
-- Why a column and not rows: the answer in force is the only one that counts, and another hour or place empties it. Why
-- the way is kept: a word said on the telephone and typed by somebody else is read as such.

alter table appointment_participant
  add column answer text check (answer in ('yes', 'perhaps', 'no')),
  add column answered_at timestamptz,
  add column answered_by uuid references account on delete set null,
  add column answered_through text check (answered_through in ('page', 'link', 'aloud')),
  add constraint appointment_participant_answered check (num_nonnulls(answer, answered_at, answered_through) in (0, 3));
