import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { localDate, type LocalDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { checkPromise, type PromiseRefusal } from './promise.rules.ts';
import { checkMove, type MoveRefusal } from './request-life.rules.ts';
import { checkVersion, withRequest, writeMove } from './request-rows.ts';
import { placeOfTerritory } from './territory-place.ts';

export interface PromiseContact {
  readonly territoryId: Id;
  readonly requestId: Id;
  readonly version?: number | undefined;
  readonly kind: string;
  readonly on: LocalDate;
  readonly note: string | null;
}

export type PromiseContactRefusal = 'not-found' | 'moved-meanwhile' | PromiseRefusal | MoveRefusal;

/**
 * Somebody of the team promises the person a call, a visit, a meeting or a message on a day. Until that day nothing else
 * is expected of the team; whoever promises takes a request that nobody had taken.
 */
export async function promiseContact(
  ctx: Context,
  request: PromiseContact
): Promise<Verdict<Id, PromiseContactRefusal>> {
  return transaction(ctx, 'promise-contact', async (tx, ledger) => {
    const verdict = await withRequest<Verdict<Id, PromiseContactRefusal>>(tx, ctx, request, async (row, mover) => {
      const current = await checkVersion(tx, row, request.version);
      if (!current.ok) return current;
      const checked = checkMove(row.state, 'promise', mover.roles);
      if (!checked.ok) return checked;
      const { timeZone } = await placeOfTerritory(tx, row.territoryId);
      const promise = checkPromise(request, localDate(ctx.now, timeZone));
      if (!promise.ok) return promise;
      const id = newId(ctx.now.getTime());
      await tx
        .insertInto('promised_contact')
        .values({
          id,
          territory_id: row.territoryId,
          request_id: row.id,
          kind: promise.value,
          promised_on: request.on,
          promised_by: ctx.actor.accountId,
          note: request.note?.trim() || null,
          created_at: ctx.now
        })
        .execute();
      const change = row.responsibleId ? {} : { responsible_id: ctx.actor.accountId };
      await writeMove(tx, ctx.now, row, mover, { move: 'promise', to: checked.value, change });
      ledger.about('promised-contact', id, row.territoryId, { kind: promise.value, on: request.on });
      return accept(id);
    });
    return verdict ?? refuse('not-found');
  });
}
