import type { Context } from '@terreau/database/context';
import type { Ledger, Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import { dayInWords, type Desk } from '../orientation/desk.ts';
import { endOffers } from '../orientation/end-offers.ts';
import { checkMove, type RequestMove } from '../orientation/request-life.rules.ts';
import { lockRequest, withRequest, writeMove, type Mover, type RequestRow } from '../orientation/request-rows.ts';
import { placeOfTerritory } from '../orientation/territory-place.ts';
import { channelTo, tellPerson } from '../orientation/tell-person.ts';

interface Accompanied {
  readonly territoryId: Id;
  readonly requestId: Id;
  /** The next contact that was agreed with the person. */
  readonly nextContactOn: LocalDate;
  readonly origin: string;
}

/**
 * An accompaniment begins from a request: the request has found its answer, so it stops waiting, reminding and closing by
 * itself. What was promised about it is kept by the meeting at which the dossier is opened. A request that is over stays
 * as it is.
 */
export async function accompanyRequest(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  { territoryId, requestId, nextContactOn, origin }: Accompanied
): Promise<void> {
  await withRequest(tx, ctx, { territoryId, requestId }, async (request, mover) => {
    const row = await reviewed(tx, ctx, request, mover);
    const place = await placeOfTerritory(tx, territoryId);
    const nextStep = await nextStepOf(tx, requestId, nextContactOn);
    const details = { reason: 'accompanied', nextStep };
    const checked = checkMove(row.state, 'close', mover.roles, details);
    if (!checked.ok) return;
    const change = {
      answered_at: row.answeredAt ?? ctx.now,
      next_step: nextStep,
      close_reason: details.reason,
      ...(row.responsibleId ? {} : { responsible_id: ctx.actor.accountId })
    };
    await writeMove(tx, ctx.now, row, mover, { move: 'close', to: checked.value, reason: details.reason, change });
    const told = { ...row, version: row.version + 1 };
    await tell(tx, ctx, ledger, told, { place, origin }, nextStep);
    ledger.about('request', row.id, territoryId, { move: 'close', reason: details.reason });
  });
}

/** What waited for a first reading has been read by whoever opens a dossier from it. */
async function reviewed(tx: Tx, ctx: Context, request: RequestRow, mover: Mover): Promise<RequestRow> {
  const move: RequestMove = 'approve';
  const checked = checkMove(request.state, move, mover.roles);
  if (!checked.ok) return request;
  await writeMove(tx, ctx.now, request, mover, { move, to: checked.value });
  return (await lockRequest(tx, request.territoryId, request.id)) ?? request;
}

/** Kept with the request, in its language: the receipt shows it. */
async function nextStepOf(tx: Tx, requestId: Id, nextContactOn: LocalDate): Promise<string> {
  const { language } = await tx
    .selectFrom('request')
    .select('language')
    .where('id', '=', requestId)
    .executeTakeFirstOrThrow();
  const day = dayInWords(new Date(`${nextContactOn}T12:00:00Z`), 'UTC', language);
  return language === 'en'
    ? `We now accompany your project. Next contact: ${day}.`
    : `Nous accompagnons maintenant votre projet. Prochain contact : ${day}.`;
}

async function tell(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  row: RequestRow,
  desk: Desk,
  nextStep: string
): Promise<void> {
  await endOffers(tx, ctx, ledger, row, desk, 'done');
  await tx
    .updateTable('promised_contact')
    .set({ done_at: ctx.now, outcome: 'reached' })
    .where('request_id', '=', row.id)
    .where('done_at', 'is', null)
    .execute();
  // Whoever reads no message was just met: nobody rings them to say it again.
  if ((await channelTo(tx, row)) !== 'promise') {
    await tellPerson(tx, ctx, ledger, row, desk, { kind: 'accompanied', nextStep });
  }
}
