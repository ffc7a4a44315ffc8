import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate, type LocalDate } from '@terreau/kernel/instants';
import { owedActions } from './owed-actions.ts';
import { remindedUntil } from './plan.rules.ts';

/** What the reader promised in the plan of one dossier: how much, and for when; not what, which the dossier itself says. */
export interface PromisedPlan {
  readonly dossierId: Id;
  readonly title: string;
  readonly count: number;
  readonly firstDueOn: LocalDate;
}

const PROMISES_MAX_ROWS = 200;

/** The plans in which the reader owes something within a week or since before, the longest owed first. */
export async function ownPromises(ctx: Context, territoryId: Id, timeZone: string): Promise<PromisedPlan[]> {
  const { accountId } = ctx.actor;
  if (!accountId) return [];
  const until = remindedUntil(localDate(ctx.now, timeZone));
  const owed = await reading(ctx, (tx) =>
    owedActions(tx, { territoryId, until, mine: accountId, limit: PROMISES_MAX_ROWS })
  );
  return [...Map.groupBy(owed, ({ dossierId }) => dossierId).values()].map((actions) => ({
    dossierId: actions[0]!.dossierId,
    title: actions[0]!.dossierTitle,
    count: actions.length,
    firstDueOn: actions[0]!.dueOn
  }));
}
