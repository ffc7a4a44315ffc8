import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { workedDossier } from './circle.ts';
import { writeFacts } from './facts.ts';
import type { DescribeDossierFields } from './introduction.schema.ts';
import { NEEDS_FACT, OFFERS_FACT } from './possible-meetings.ts';

export interface DescribeDossier {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly fields: DescribeDossierFields;
}

/** What a project is about, for whom, where, what it lacks and what it brings: whoever accompanies says so, once. */
export async function describeDossier(
  ctx: Context,
  { territoryId, dossierId, fields }: DescribeDossier
): Promise<Verdict<undefined, 'not-found' | 'role-not-yours'>> {
  return transaction(ctx, 'describe-dossier', async (tx, ledger) => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own) return refuse('not-found');
    if (own.role !== 'facilitator') return refuse('role-not-yours');
    await tx
      .updateTable('dossier')
      .set({
        themes: [...new Set([...fields.themes, ...fields.otherTheme])],
        publics: fields.publics,
        neighbourhood_id: await neighbourhoodIn(tx, territoryId, fields.neighbourhood),
        updated_at: ctx.now
      })
      .where('id', '=', own.row.id)
      .execute();
    await writeFacts(
      tx,
      ctx,
      { id: own.row.id, territoryId },
      {
        [NEEDS_FACT]: fields.needs.join(',') || null,
        [OFFERS_FACT]: fields.offers.join(',') || null
      }
    );
    ledger.about('dossier', own.row.id, territoryId, { themes: fields.themes.length });
    return accept();
  });
}

async function neighbourhoodIn(tx: Tx, territoryId: Id, neighbourhood: string): Promise<Id | null> {
  if (!isId(neighbourhood)) return null;
  const row = await tx
    .selectFrom('neighbourhood')
    .select('id')
    .where('id', '=', neighbourhood)
    .where('territory_id', '=', territoryId)
    .executeTakeFirst();
  return row?.id ?? null;
}
