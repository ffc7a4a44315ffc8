import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { isId, newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { todayIn } from './circle.ts';
import { mayLogCoordinationWork } from './coordination-work.policy.ts';
import type { CoordinationWorkFields } from './coordination-work.schema.ts';

export interface LogCoordinationWorkRequest {
  readonly territoryId: Id;
  readonly fields: CoordinationWorkFields;
}

export type LogCoordinationWorkRefusal = 'not-found' | 'note-in-the-future' | 'note-of-another';

/** Logs work that is of no dossier, for oneself. The same form sent again is the same line. */
export async function logCoordinationWork(
  ctx: Context,
  { territoryId, fields }: LogCoordinationWorkRequest
): Promise<Verdict<Id, LogCoordinationWorkRefusal>> {
  if (!mayLogCoordinationWork(ctx.actor, territoryId)) return refuse('not-found');
  return transaction(ctx, 'log-coordination-work', async (tx, ledger) => {
    if (fields.happenedOn! > (await todayIn(tx, ctx, territoryId))) return refuse('note-in-the-future');
    const id = newId();
    const inserted = await tx
      .insertInto('coordination_work')
      .values({
        id,
        territory_id: territoryId,
        client_id: fields.clientId,
        ...(await workColumns(tx, territoryId, fields)),
        written_by: ctx.actor.accountId,
        written_at: ctx.now
      })
      .onConflict((conflict) => conflict.column('client_id').doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) {
      const known = await tx
        .selectFrom('coordination_work')
        .select('id')
        .where('client_id', '=', fields.clientId)
        .where('territory_id', '=', territoryId)
        .where('written_by', '=', ctx.actor.accountId)
        .executeTakeFirst();
      return known ? accept(known.id) : refuse('note-of-another');
    }
    ledger.about('coordination-work', id, territoryId);
    return accept(id);
  });
}

/** What a form says of the work, as columns; a neighbourhood of another territory is none. */
export async function workColumns(tx: Tx, territoryId: Id, fields: CoordinationWorkFields) {
  const neighbourhood = isId(fields.neighbourhood)
    ? await tx
        .selectFrom('neighbourhood')
        .select('id')
        .where('id', '=', fields.neighbourhood)
        .where('territory_id', '=', territoryId)
        .executeTakeFirst()
    : undefined;
  return {
    happened_on: fields.happenedOn!,
    minutes: fields.minutes!,
    kind: fields.kind,
    themes: fields.themes,
    sentence: fields.sentence!,
    neighbourhood_id: neighbourhood?.id ?? null
  };
}
