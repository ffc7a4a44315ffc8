import type { Context } from '@terreau/database/context';
import type { PlanPriority } from '@terreau/database/schema';
import { transaction, type Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Selectable } from 'kysely';
import { gridOf } from './diagnosis-grid.rules.ts';
import { plannedDossier, type PlanRefusal } from './plan-rows.ts';
import type { PrioritiesFields } from './plan.schema.ts';

export interface WritePrioritiesRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly fields: PrioritiesFields;
}

export type WritePrioritiesRefusal = PlanRefusal | 'changed-meanwhile';

/**
 * Writes what the plan begins with, three at most, in the order given. Words that are those of an item of the grid stand
 * for that item. A priority that changes place keeps its actions; the actions of one that goes stay in the plan.
 */
export async function writePriorities(
  ctx: Context,
  { territoryId, dossierId, fields }: WritePrioritiesRequest
): Promise<Verdict<undefined, WritePrioritiesRefusal>> {
  return transaction(ctx, 'write-priorities', async (tx, ledger) => {
    const own = await plannedDossier(tx, ctx, territoryId, dossierId);
    if (!own.ok) return own;
    const { row } = own.value;
    const standing = await prioritiesOf(tx, row.id);
    if (standing.map(tokenOf).join('\n') !== fields.seen.join('\n')) return refuse('changed-meanwhile');
    const typed = [fields.first, fields.second, fields.third].filter((text) => text !== '');
    const wanted = [...new Set(typed)].map((text) => ({ text, item: itemTitled(text) }));
    const kept = rowsFor(
      standing,
      wanted.map(({ text, item }) => item ?? text)
    );
    const gone = standing.filter(({ id }) => !kept.includes(id)).map(({ id }) => id);
    if (gone.length > 0) {
      await tx.deleteFrom('plan_priority').where('dossier_id', '=', row.id).where('id', 'in', gone).execute();
    }
    for (const [index, { text, item }] of wanted.entries()) {
      const words = { position: index + 1, title: item ? null : text, item };
      const by = { written_by: ctx.actor.accountId, written_at: ctx.now };
      const id = kept[index];
      if (id) {
        await tx
          .updateTable('plan_priority')
          .set({ ...words, ...by })
          .where('id', '=', id)
          .where('dossier_id', '=', row.id)
          .execute();
      } else {
        const place = { id: newId(), dossier_id: row.id, territory_id: territoryId };
        await tx
          .insertInto('plan_priority')
          .values({ ...place, ...words, ...by })
          .execute();
      }
    }
    ledger.about('dossier', row.id, territoryId, { priorities: wanted.length });
    return accept();
  });
}

async function prioritiesOf(tx: Tx, dossierId: Id): Promise<Selectable<PlanPriority>[]> {
  return tx.selectFrom('plan_priority').selectAll().where('dossier_id', '=', dossierId).orderBy('position').execute();
}

function tokenOf({ item, title }: Selectable<PlanPriority>): string {
  return item ?? title ?? '';
}

/** The row of each wanted priority: the one that already says it; else the one that stands in its place, renamed; else none. */
function rowsFor(standing: readonly Selectable<PlanPriority>[], wanted: readonly string[]): (Id | undefined)[] {
  const same = wanted.map((token) => standing.find((row) => tokenOf(row) === token)?.id);
  return same.map((id, index) => {
    const inPlace = standing[index]?.id;
    return id ?? (inPlace && !same.includes(inPlace) ? inPlace : undefined);
  });
}

function itemTitled(text: string): string | null {
  const items = (['fr', 'en'] as const).flatMap((language) =>
    gridOf('full', language).flatMap((dimension) => dimension.items)
  );
  return items.find(({ title }) => title === text)?.code ?? null;
}
