import type { Context } from '@terreau/database/context';
import { reading, transaction, type Ledger, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { plusDays } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Desk } from '../orientation/desk.ts';
import { isPoliteTime } from '../orientation/request-delays.rules.ts';
import { placeOfTerritory } from '../orientation/territory-place.ts';
import { lockIntroduction, type IntroductionRow } from './introduction-rows.ts';
import { sql } from 'kysely';
import { ASKED_AFTER_DAYS } from './introduction.rules.ts';
import { NEEDS_FACT, OFFERS_FACT, possibleMeetings } from './possible-meetings.ts';
import { endLinks, tellCircle, tellOther } from './tell-sides.ts';

/** Rows handled in one pass over a territory; the next pass goes on. */
const PASS_MAX_ROWS = 500;
/** Dossiers compared in one pass: all those under way in a large town. */
const COMPARED_MAX_ROWS = 2000;
/** Up to this step of the journey (E4) a close action is worth a word. */
const NOTICED_UP_TO_STEP = 4;

export interface IntroductionReport {
  readonly expired: number;
  readonly asked: number;
  readonly noticed: number;
}

/**
 * The round of possible meetings, by the platform, at an hour at which nobody is woken: proposals without both answers
 * end; a month after both said yes each is asked what came of it, unless they have said so or taken it back; and it is
 * noted since when a close action is known of a dossier. Running it again says nothing twice.
 */
export async function followIntroductions(
  ctx: Context,
  { origin }: { readonly origin: string }
): Promise<Verdict<IntroductionReport, 'not-allowed'>> {
  if (!ctx.actor.isOperator) return refuse('not-allowed');
  const report = { expired: 0, asked: 0, noticed: 0 };
  for (const { territoryId, desk } of await desks(ctx, origin)) {
    if (!isPoliteTime(ctx.now, desk.place)) continue;
    for (const id of await dueIntroductions(ctx, territoryId)) {
      const done = await transaction(ctx, 'follow-introduction', async (tx, ledger) => {
        const row = await lockIntroduction(tx, territoryId, id);
        const what = row && (await follow(tx, ctx, ledger, row, desk));
        return what ? accept(what) : refuse('nothing-owed');
      });
      if (done.ok) report[done.value] += 1;
    }
    for (const id of await dossiersToCompare(ctx, territoryId)) {
      const done = await transaction(ctx, 'notice-close-action', async (tx) =>
        (await notice(tx, ctx, id)) ? accept() : refuse('nothing-owed')
      );
      report.noticed += done.ok ? 1 : 0;
    }
  }
  return accept(report);
}

async function desks(ctx: Context, origin: string): Promise<{ territoryId: Id; desk: Desk }[]> {
  return reading(ctx, async (tx) => {
    const open = await tx.selectFrom('territory').select('id').where('closed_at', 'is', null).orderBy('id').execute();
    const all: { territoryId: Id; desk: Desk }[] = [];
    for (const { id } of open) all.push({ territoryId: id, desk: { place: await placeOfTerritory(tx, id), origin } });
    return all;
  });
}

async function dueIntroductions(ctx: Context, territoryId: Id): Promise<Id[]> {
  const rows = await reading(ctx, (tx) =>
    tx
      .selectFrom('introduction')
      .select('id')
      .where('territory_id', '=', territoryId)
      .where((where) =>
        where.or([
          where.and([where('state', '=', 'proposed'), where('expires_at', '<=', ctx.now)]),
          where.and([
            where('state', 'in', ['agreed', 'met']),
            where('asked_at', 'is', null),
            where('agreed_at', '<=', plusDays(ctx.now, -ASKED_AFTER_DAYS))
          ])
        ])
      )
      .orderBy('id')
      .limit(PASS_MAX_ROWS)
      .execute()
  );
  return rows.map((row) => row.id);
}

/** Read again behind the lock: somebody may have answered meanwhile. */
async function follow(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  row: IntroductionRow,
  desk: Desk
): Promise<'expired' | 'asked' | null> {
  const change = (set: { state: 'expired' } | { asked_at: Date }) =>
    tx.updateTable('introduction').set(set).where('id', '=', row.id).where('dossier_id', '=', row.dossier_id).execute();
  if (row.state === 'proposed') {
    if (row.expires_at! > ctx.now) return null;
    await change({ state: 'expired' });
    await endLinks(tx, row.id, ctx.now);
    await tellCircle(tx, ctx, ledger, row, desk, 'expired', ['facilitator']);
    return 'expired';
  }
  if ((row.state !== 'agreed' && row.state !== 'met') || row.asked_at) return null;
  await change({ asked_at: ctx.now });
  if (!row.own_outcome) await tellCircle(tx, ctx, ledger, row, desk, 'outcome', ['carrier', 'facilitator']);
  if (!row.other_outcome) await tellOther(tx, ctx, ledger, row, desk, 'outcome');
  return 'asked';
}

async function dossiersToCompare(ctx: Context, territoryId: Id): Promise<Id[]> {
  const rows = await reading(ctx, (tx) =>
    tx
      .selectFrom('dossier')
      .select('id')
      .where('territory_id', '=', territoryId)
      .where('step', '<=', NOTICED_UP_TO_STEP)
      .where('state', 'not in', ['redirected', 'interrupted', 'closed', 'check-up-12', 'check-up-24', 'paused'])
      .where((where) =>
        where.or([
          sql<boolean>`cardinality(themes) > 0`,
          where.exists(
            where
              .selectFrom('dossier_fact')
              .select('dossier_fact.id')
              .whereRef('dossier_id', '=', 'dossier.id')
              .where('key', 'in', [NEEDS_FACT, OFFERS_FACT])
          )
        ])
      )
      .orderBy('close_noticed_at', (order) => order.asc().nullsFirst())
      .orderBy('id')
      .limit(COMPARED_MAX_ROWS)
      .execute()
  );
  return rows.map((row) => row.id);
}

/** Notes when a close action became known, and forgets it when none is left; whether anything changed. */
async function notice(tx: Tx, ctx: Context, dossierId: Id): Promise<boolean> {
  const dossier = await tx.selectFrom('dossier').selectAll().where('id', '=', dossierId).forUpdate().executeTakeFirst();
  if (!dossier) return false;
  const isKnown = (await possibleMeetings(tx, ctx, dossier, 1)).length > 0;
  if (isKnown === (dossier.close_noticed_at !== null)) return false;
  await tx
    .updateTable('dossier')
    .set({ close_noticed_at: isKnown ? ctx.now : null })
    .where('id', '=', dossierId)
    .execute();
  return true;
}
