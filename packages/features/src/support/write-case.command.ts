import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { checkCase, type CaseRefusal } from './case.rules.ts';
import { dimensionsOf, nameOf, namesIn } from './case-rows.ts';
import type { CaseFields } from './case.schema.ts';
import { workedDossier } from './circle.ts';

export interface WriteCaseRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly fields: CaseFields;
}

export type WriteCaseRefusal = 'not-found' | 'case-not-yours' | 'case-published' | CaseRefusal;

/** Writes what an accompaniment teaches. Nobody outside the circle reads it before the structure said yes to these words. */
export async function writeCase(
  ctx: Context,
  { territoryId, dossierId, fields }: WriteCaseRequest
): Promise<Verdict<Id, WriteCaseRefusal>> {
  return transaction(ctx, 'write-case', async (tx, ledger): Promise<Verdict<Id, WriteCaseRefusal>> => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own) return refuse('not-found');
    if (own.role !== 'facilitator') return refuse('case-not-yours');
    const { shownAs, ...typed } = fields;
    const words = { ...typed, title: typed.title! };
    const verdict = checkCase(words, shownAs, shownAs === 'anonymous' ? await namesIn(tx, own) : []);
    if (!verdict.ok) return verdict;
    const known = await tx
      .selectFrom('support_case')
      .select(['id', 'published_at'])
      .where('dossier_id', '=', own.row.id)
      .executeTakeFirst();
    // Other words would be shown under a yes that was given to these.
    if (known?.published_at) return refuse('case-published');
    const said = {
      ...words,
      shown_as: shownAs,
      named_as: shownAs === 'named' ? await nameOf(tx, own) : null,
      themes: own.row.themes,
      dimensions: await dimensionsOf(tx, own.row.id),
      updated_at: ctx.now
    };
    const { id } = await tx
      .insertInto('support_case')
      .values({
        dossier_id: own.row.id,
        territory_id: territoryId,
        written_by: ctx.actor.accountId,
        written_at: ctx.now,
        ...said
      })
      .onConflict((conflict) =>
        conflict.column('dossier_id').doUpdateSet((set) => ({ ...said, version: set('support_case.version', '+', 1) }))
      )
      .returning('id')
      .executeTakeFirstOrThrow();
    ledger.about('dossier', own.row.id, territoryId, { case: id });
    return accept(id);
  });
}
