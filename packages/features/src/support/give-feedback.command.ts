import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { timeZoneOf } from '../directory/time-zone.ts';
import type { FeedbackFields } from './case.schema.ts';
import { momentOf, type FeedbackMoment } from './check-up.rules.ts';
import { todayIn, workedDossier } from './circle.ts';
import type { DossierState } from './dossier-life.rules.ts';

export interface GiveFeedbackRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly fields: FeedbackFields;
}

/** Keeps what the structure says of the accompaniment; said again, the last word counts. */
export async function giveFeedback(
  ctx: Context,
  { territoryId, dossierId, fields }: GiveFeedbackRequest
): Promise<Verdict<FeedbackMoment, 'not-found' | 'not-the-time'>> {
  return transaction(
    ctx,
    'give-feedback',
    async (tx, ledger): Promise<Verdict<FeedbackMoment, 'not-found' | 'not-the-time'>> => {
      const own = await workedDossier(tx, ctx, territoryId, dossierId);
      if (!own || own.role === 'expert') return refuse('not-found');
      const timeZone = await timeZoneOf(tx, territoryId);
      const closedOn = own.row.closed_at && localDate(own.row.closed_at, timeZone);
      const moment = momentOf(own.row.state as DossierState, closedOn, await todayIn(tx, ctx, territoryId));
      if (!moment) return refuse('not-the-time');
      const said = {
        ...fields,
        channel: own.role === 'facilitator' ? 'spoken' : 'page',
        given_by: ctx.actor.accountId,
        given_at: ctx.now
      };
      await tx
        .insertInto('dossier_feedback')
        .values({ dossier_id: own.row.id, territory_id: territoryId, moment, ...said })
        .onConflict((conflict) => conflict.columns(['dossier_id', 'moment']).doUpdateSet(said))
        .execute();
      ledger.about('dossier', own.row.id, territoryId, { feedback: moment });
      return accept(moment);
    }
  );
}
