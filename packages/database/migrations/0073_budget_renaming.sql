-- A draft budget changes its name as a dated change of somebody.
-- Why a row: a budget is spoken of by its name, in meetings and on paper; whoever looks for the former one finds it here.
-- The name of a final budget went into a grant form: it stays, except for somebody's name that is erased from it.

create table budget_renaming (
  id uuid primary key default uuidv7(),
  budget_id uuid not null references budget on delete cascade,
  dossier_id uuid not null references dossier on delete cascade,
  territory_id uuid not null references territory on delete cascade,
  title_before text not null check (length(title_before) between 1 and 160),
  renamed_by uuid references account on delete set null,
  renamed_at timestamptz not null
);
create index budget_renaming_newest on budget_renaming (budget_id, renamed_at desc, id desc);
create index budget_renaming_dossier on budget_renaming (dossier_id);
call keep_in_circle('budget_renaming');
call keep_from_funders('budget_renaming');

create trigger budget_title_frozen before update of title on budget for each row
  when (old.finalised_at is not null and new.title is distinct from old.title and not actor_is_operator())
  execute function budget_frozen();
