import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { asPlatform } from './as-platform.ts';
import type { FoundPerson } from './find-persons.command.ts';
import { countRows, type CountedTable } from './personal-rows.ts';
import { subjectOfPerson } from './personal-subject.ts';
import { mayAnswerForPerson } from './trust.policy.ts';

/** Who asks, to be recognised, and how much their file holds: nothing of what it says. */
export interface PersonAsking extends FoundPerson {
  readonly counts: readonly CountedTable[];
}

/**
 * A person without an account who asks what is kept about them. The team recognises them and sees how much there is;
 * what there is stands in their file alone (`exportPerson`). Looking is written in the journal.
 */
export async function findPerson(
  ctx: Context,
  request: { readonly territoryId: Id; readonly personId: Id }
): Promise<Verdict<PersonAsking, 'not-found'>> {
  return transaction(ctx, 'find-person', async (tx, ledger) => {
    const { territoryId, personId } = request;
    if (!mayAnswerForPerson(ctx.actor, territoryId) || !isId(personId)) return refuse('not-found');
    const person = await tx
      .selectFrom('person')
      .select(['id', 'display_name as name', 'phone', 'email', 'created_at as since'])
      .where('id', '=', personId)
      .where('territory_id', '=', territoryId)
      .executeTakeFirst();
    if (!person) return refuse('not-found');
    const counts = await asPlatform(tx, async () => {
      const subject = await subjectOfPerson(tx, personId);
      return subject && countRows(tx, subject);
    });
    if (!counts) return refuse('not-found');
    ledger.about('person', personId, territoryId);
    return accept({ ...person, counts });
  });
}
