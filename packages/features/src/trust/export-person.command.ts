import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { asPlatform } from './as-platform.ts';
import { exportRows, type PersonalExport } from './personal-rows.ts';
import { subjectOfPerson, type PersonalSubject } from './personal-subject.ts';
import { mayAnswerForPerson } from './trust.policy.ts';

/**
 * Everything about a person without an account, who asked the team for it: the file that is handed over to them. Taking
 * it is written in the journal, and the circles of their dossiers see it. Whoever has an account reads it themselves.
 */
export async function exportPerson(
  ctx: Context,
  request: { readonly territoryId: Id; readonly personId: Id }
): Promise<Verdict<PersonalExport, 'not-found'>> {
  return transaction(ctx, 'export-person', async (tx, ledger) => {
    const { territoryId, personId } = request;
    if (!mayAnswerForPerson(ctx.actor, territoryId) || !(await isOfTerritory(tx, request))) return refuse('not-found');
    const found = await asPlatform(tx, async () => {
      const subject = await subjectOfPerson(tx, personId);
      if (!subject) return null;
      await witness(tx, ctx, territoryId, subject);
      return exportRows(tx, subject, ctx.language, ctx.now);
    });
    if (!found) return refuse('not-found');
    ledger.about('person', personId, territoryId);
    return accept(found);
  });
}

/** What an export shows of a dossier, its circle learns that the team read. */
async function witness(tx: Tx, ctx: Context, territoryId: Id, { dossiers }: PersonalSubject): Promise<void> {
  if (dossiers.length === 0) return;
  await tx
    .insertInto('private_read')
    .values(
      dossiers.map((dossierId) => ({
        dossier_id: dossierId,
        territory_id: territoryId,
        read_by: ctx.actor.accountId,
        read_as: 'team',
        kind: 'export',
        what: 'person',
        read_at: ctx.now
      }))
    )
    .execute();
}

async function isOfTerritory(tx: Tx, request: { territoryId: Id; personId: Id }): Promise<boolean> {
  if (!isId(request.personId)) return false;
  const row = await tx
    .selectFrom('person')
    .select('id')
    .where('id', '=', request.personId)
    .where('territory_id', '=', request.territoryId)
    .executeTakeFirst();
  return row !== undefined;
}
