import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { asPlatform } from './as-platform.ts';
import { eraseRows, type Erasure } from './erase-rows.ts';
import { subjectOfPerson } from './personal-subject.ts';
import { mayAnswerForPerson } from './trust.policy.ts';

/** Erases a person without an account who asked the team for it. The journal keeps that it was done, not for whom. */
export async function erasePerson(
  ctx: Context,
  request: { readonly territoryId: Id; readonly personId: Id }
): Promise<Verdict<Erasure, 'not-found'>> {
  return transaction(ctx, 'erase-person', async (tx, ledger) => {
    const { territoryId, personId } = request;
    if (!mayAnswerForPerson(ctx.actor, territoryId) || !isId(personId)) return refuse('not-found');
    const known = await tx
      .selectFrom('person')
      .select('id')
      .where('id', '=', personId)
      .where('territory_id', '=', territoryId)
      .executeTakeFirst();
    if (!known) return refuse('not-found');
    const erasure = await asPlatform(tx, async () => {
      const subject = await subjectOfPerson(tx, personId);
      return subject && eraseRows(tx, subject);
    });
    if (!erasure) return refuse('not-found');
    ledger.about('territory', territoryId, territoryId);
    return accept(erasure);
  });
}
