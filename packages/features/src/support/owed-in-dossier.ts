import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { plusLocalDays, type LocalDate } from '@terreau/kernel/instants';
import type { DeadlineKind } from '../funding/deadlines.rules.ts';

/** How far ahead the first page of a dossier looks. */
const OWED_WITHIN_DAYS = 30;
const OWED_MAX_ROWS = 6;

/** Something due in a dossier: an action of its plan, or a deadline of its funding. */
export interface OwedInDossier {
  /** Null for an action of the plan. */
  readonly deadline: DeadlineKind | null;
  /** Null for a deadline without words of its own. */
  readonly text: string | null;
  readonly dueOn: LocalDate;
}

/** What is late or due soon, the earliest first. */
export async function owedIn(tx: Tx, dossierId: Id, today: LocalDate): Promise<OwedInDossier[]> {
  const until = plusLocalDays(today, OWED_WITHIN_DAYS);
  const actions = await tx
    .selectFrom('plan_action')
    .select(['what', 'due_on'])
    .where('dossier_id', '=', dossierId)
    .where('state', 'in', ['under-way', 'blocked', 'proposed'])
    .where('due_on', '<=', until)
    .orderBy('due_on')
    .limit(OWED_MAX_ROWS)
    .execute();
  const deadlines = await tx
    .selectFrom('dossier_deadline')
    .select(['kind', 'label', 'due_on'])
    .where('dossier_id', '=', dossierId)
    .where('done_at', 'is', null)
    .where('due_on', '<=', until)
    .orderBy('due_on')
    .limit(OWED_MAX_ROWS)
    .execute();
  return [
    ...actions.map((row) => ({ deadline: null, text: row.what, dueOn: row.due_on! })),
    ...deadlines.map((row) => ({ deadline: row.kind as DeadlineKind, text: row.label, dueOn: row.due_on }))
  ]
    .sort((left, right) => left.dueOn.localeCompare(right.dueOn))
    .slice(0, OWED_MAX_ROWS);
}
