import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { localDate, plusLocalDays, type LocalDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { checkMove, type MoveRefusal } from './request-life.rules.ts';
import { checkVersion, withRequest, writeMove } from './request-rows.ts';
import { placeOfTerritory } from './territory-place.ts';

export const PROMISE_KINDS = ['call', 'visit', 'meeting', 'message'] as const;
export type PromiseKind = (typeof PROMISE_KINDS)[number];
export const PROMISE_NOTE_MAX_CHARACTERS = 500;
/** Beyond this a promise is a hope. */
export const PROMISE_MAX_DAYS = 92;

export interface PromiseContact {
  readonly territoryId: Id;
  readonly requestId: Id;
  readonly version?: number | undefined;
  readonly kind: string;
  readonly on: LocalDate;
  readonly note: string | null;
}

export type PromiseContactRefusal =
  | 'not-found'
  | 'moved-meanwhile'
  | 'kind-missing'
  | 'promise-date-missing'
  | 'promise-date-passed'
  | 'promise-date-too-far'
  | MoveRefusal;

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

/** A promise names what is promised and a day that is not past, within three months. */
function checkPromise(
  { kind, on, note }: PromiseContact,
  today: LocalDate
): Verdict<PromiseKind, PromiseContactRefusal> {
  const known = PROMISE_KINDS.find((one) => one === kind);
  if (!known) return refuse('kind-missing');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(on) || Number.isNaN(Date.parse(on))) return refuse('promise-date-missing');
  if (on < today) return refuse('promise-date-passed');
  if (on > plusLocalDays(today, PROMISE_MAX_DAYS)) return refuse('promise-date-too-far', { days: PROMISE_MAX_DAYS });
  if ((note?.length ?? 0) > PROMISE_NOTE_MAX_CHARACTERS) {
    return refuse('note-too-long', { max: PROMISE_NOTE_MAX_CHARACTERS });
  }
  return accept(known);
}
