import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { workedDossier } from './circle.ts';
import { storedDismissal, type Dismissal } from './introduction.rules.ts';
import { possibleMeetings } from './possible-meetings.ts';
import { sidesOf } from './propose-introduction.command.ts';

export interface DismissIntroduction {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly counterpart: string;
  readonly dismissal: Dismissal;
}

/** Puts a suggestion aside: it does not come back, and neither side learns that it was one. */
export async function dismissIntroduction(
  ctx: Context,
  { territoryId, dossierId, counterpart, dismissal }: DismissIntroduction
): Promise<Verdict<undefined, 'not-found' | 'role-not-yours' | 'not-suggested' | 'already-proposed'>> {
  return transaction(ctx, 'dismiss-introduction', async (tx, ledger) => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own) return refuse('not-found');
    if (own.role !== 'facilitator') return refuse('role-not-yours');
    const suggestion = (await possibleMeetings(tx, ctx, own.row, Infinity)).find(
      (one) => one.counterpart === counterpart
    );
    if (!suggestion) return refuse('not-suggested');
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('introduction')
      .values({
        dossier_id: own.row.id,
        territory_id: territoryId,
        ...sidesOf(counterpart),
        kind: suggestion.kind,
        reasons: JSON.stringify(suggestion.reasons),
        state: 'dismissed',
        dismissed_as: storedDismissal(dismissal),
        decided_by: ctx.actor.accountId,
        decided_at: ctx.now
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (!numInsertedOrUpdatedRows) return refuse('already-proposed');
    ledger.about('dossier', own.row.id, territoryId, { dismissed: storedDismissal(dismissal) });
    return accept();
  });
}
