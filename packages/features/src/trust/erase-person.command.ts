import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { plainForm } from '@terreau/formats/cells';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { asPlatform } from './as-platform.ts';
import { eraseRows, type Erasure } from './erase-rows.ts';
import { subjectOfPerson } from './personal-subject.ts';
import { mayAnswerForPerson } from './trust.policy.ts';

/**
 * Erases a person without an account who asked the team for it. `typedName` confirms that it is the right one. The journal keeps
 * that it was done, not for whom.
 */
export async function erasePerson(
  ctx: Context,
  request: { readonly territoryId: Id; readonly personId: Id; readonly typedName: string }
): Promise<Verdict<Erasure, 'not-found' | 'name-differs'>> {
  return transaction(ctx, 'erase-person', async (tx, ledger) => {
    const { territoryId, personId } = request;
    if (!mayAnswerForPerson(ctx.actor, territoryId) || !isId(personId)) return refuse('not-found');
    const known = await tx
      .selectFrom('person')
      .select('display_name')
      .where('id', '=', personId)
      .where('territory_id', '=', territoryId)
      .executeTakeFirst();
    if (!known) return refuse('not-found');
    if (plainForm(request.typedName) !== plainForm(known.display_name)) return refuse('name-differs');
    const erasure = await asPlatform(tx, async () => {
      const subject = await subjectOfPerson(tx, personId);
      return subject && eraseRows(tx, subject);
    });
    if (!erasure) return refuse('not-found');
    ledger.about('territory', territoryId, territoryId);
    return accept(erasure);
  });
}
