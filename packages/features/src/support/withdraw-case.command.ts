import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { workedDossier } from './circle.ts';

/** Takes back the yes of the structure: the case is removed, for everybody, at once. */
export async function withdrawCase(
  ctx: Context,
  { territoryId, dossierId }: { readonly territoryId: Id; readonly dossierId: string }
): Promise<Verdict<undefined, 'not-found' | 'case-not-yours'>> {
  return transaction(
    ctx,
    'withdraw-case',
    async (tx, ledger): Promise<Verdict<undefined, 'not-found' | 'case-not-yours'>> => {
      const own = await workedDossier(tx, ctx, territoryId, dossierId);
      if (!own) return refuse('not-found');
      if (!['carrier', 'member', 'facilitator'].includes(own.role)) return refuse('case-not-yours');
      const row = await tx
        .selectFrom('support_case')
        .select(['id', 'consent_id'])
        .where('dossier_id', '=', own.row.id)
        .executeTakeFirst();
      if (!row) return refuse('not-found');
      if (row.consent_id) {
        await tx.updateTable('consent').set({ withdrawn_at: ctx.now }).where('id', '=', row.consent_id).execute();
      }
      await tx.deleteFrom('support_case').where('id', '=', row.id).where('dossier_id', '=', own.row.id).execute();
      ledger.about('dossier', own.row.id, territoryId, { case: row.id });
      return accept();
    }
  );
}
