import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { ownBudget, type BudgetAddress } from './budget-rows.ts';
import { filledSections, type PeriodWriter } from './find-grant-form.query.ts';
import { factOf, type GrantKey } from './grant-form.rules.ts';

export type WriteGrantFormRefusal = 'not-found' | 'field-too-long';

/**
 * Keeps what was written for the grant form, as facts of the dossier: the next request starts from them. A field left as
 * it was shown, filled from what was said elsewhere, is not written again. A refusal names the field in `details.key`.
 */
export async function writeGrantForm(
  ctx: Context,
  request: BudgetAddress & {
    /** What was typed; a field that is absent is left as it is. */
    readonly written: ReadonlyMap<GrantKey, string>;
    readonly periodInWords: PeriodWriter;
  }
): Promise<Verdict<number, WriteGrantFormRefusal>> {
  return transaction(ctx, 'write-grant-form', async (tx, ledger) => {
    const own = await ownBudget(tx, ctx, request, 'work');
    if (!own) return refuse('not-found');
    const sections = await filledSections(tx, own, request.periodInWords);
    const changes: { key: string; value: string | null }[] = [];
    for (const { key, max, value: shown } of sections.flatMap((section) => section.fields)) {
      const typed = request.written.get(key)?.replaceAll('\r\n', '\n').trim();
      if (typed === undefined || typed === shown.trim()) continue;
      if (typed.length > max) return refuse('field-too-long', { key, max });
      changes.push({ key: factOf(key), value: typed || null });
    }
    if (changes.length > 0) {
      const place = { dossier_id: own.row.id, territory_id: request.territoryId };
      const said = { said_by: ctx.actor.accountId, said_at: ctx.now };
      await tx
        .insertInto('dossier_fact')
        .values(changes.map((change) => ({ ...place, ...said, ...change })))
        .execute();
    }
    ledger.about('dossier', own.row.id, request.territoryId, { budget: own.budget.id, fields: changes.length });
    return accept(changes.length);
  });
}
