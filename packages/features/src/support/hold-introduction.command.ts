import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { todayIn, workedDossier } from './circle.ts';
import { lockIntroduction, writeMeetingLine } from './introduction-rows.ts';
import { checkMeeting } from './introduction.rules.ts';

export interface HoldIntroduction {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly introductionId: string;
  readonly metOn: LocalDate | null;
}

export type HoldIntroductionRefusal =
  'not-found' | 'introduction-not-agreed' | 'meeting-missing' | 'meeting-in-the-future';

/** The meeting that both accepted took place, on that day. */
export async function holdIntroduction(
  ctx: Context,
  { territoryId, dossierId, introductionId, metOn }: HoldIntroduction
): Promise<Verdict<undefined, HoldIntroductionRefusal>> {
  return transaction(ctx, 'hold-introduction', async (tx, ledger) => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own) return refuse('not-found');
    const row = await lockIntroduction(tx, territoryId, introductionId);
    if (!row || row.dossier_id !== own.row.id || row.state === 'dismissed') return refuse('not-found');
    const verdict = checkMeeting(row.state, metOn, await todayIn(tx, ctx, territoryId));
    if (!verdict.ok) return verdict;
    await tx
      .updateTable('introduction')
      .set({ state: 'met', met_on: verdict.value })
      .where('id', '=', row.id)
      .where('dossier_id', '=', own.row.id)
      .execute();
    await writeMeetingLine(tx, ctx, row, { metOn: verdict.value, note: row.own_outcome_note });
    ledger.about('introduction', row.id, territoryId, { met: true });
    return accept();
  });
}
