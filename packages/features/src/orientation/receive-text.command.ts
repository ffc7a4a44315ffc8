import type { Context } from '@terreau/database/context';
import { transaction, type Ledger, type Tx } from '@terreau/database/transaction';
import { readPhone } from '@terreau/formats/cells';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { asPlatform } from '../trust/as-platform.ts';
import { refuseMessages } from '../trust/refuse-messages.ts';
import { takeAnswer } from './offer-answer.ts';
import { passOnText } from './pass-on-text.ts';
import { lockRequest } from './request-rows.ts';
import { rolesOn } from './requests.policy.ts';
import { openOffersTo, type TextedOffer } from './texted-offers.ts';
import { receivedSms, type WhyPassedOn } from './text-answer-words.ts';
import { readTextAnswer, TEXT_MAX_CHARACTERS, type ReceivedText } from './text-answers.rules.ts';
import { languageOf } from './tell-partner.ts';
import { placeOfTerritory } from './territory-place.ts';

export type TextOutcome = 'accepted' | 'refused' | 'stopped' | 'passed-on' | 'already-received';
export type ReceiveTextRefusal = 'text-unreadable' | 'nobody-to-tell';

/**
 * A text message that came in; whoever calls has checked that the gateway sent it. A bare OUI or NON to the one offer
 * that waits for this number, when that offer is the last thing we texted to it, is written down as its answer. STOP
 * ends what may be refused. Everything else is put before the coordinators: nothing is lost, and nothing is guessed.
 */
export async function receiveText(
  ctx: Context,
  request: ReceivedText
): Promise<Verdict<{ outcome: TextOutcome }, ReceiveTextRefusal>> {
  const { value: from } = readPhone(request.from);
  const text = request.text.trim().slice(0, TEXT_MAX_CHARACTERS);
  if (from === null || text === '' || request.gatewayId === '') return refuse('text-unreadable');
  const received = { ...request, from, text };
  return transaction(ctx, 'receive-text', async (tx, ledger) =>
    asPlatform(tx, async () => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`receive-text ${from}`}, 0))`.execute(tx);
      if (await wasReceived(tx, request.gatewayId)) return accept({ outcome: 'already-received' });
      return settle(tx, ctx, ledger, received);
    })
  );
}

/** The first message that each text causes bears its name. */
const onceKeyOf = (gatewayId: string): string => `text:${gatewayId}`;

async function wasReceived(tx: Tx, gatewayId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('outbox')
    .select('id')
    .where('once_key', '=', onceKeyOf(gatewayId))
    .executeTakeFirst();
  return row !== undefined;
}

async function settle(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  received: ReceivedText
): Promise<Verdict<{ outcome: TextOutcome }, ReceiveTextRefusal>> {
  const { from, text } = received;
  const answer = readTextAnswer(text);
  const offers = await openOffersTo(tx, from);
  const passOn = (why: WhyPassedOn) => passOnText(tx, ledger, received, onceKeyOf(received.gatewayId), offers, why);
  if (answer === 'stop') {
    await refuseMessages(tx, from, ctx.now);
    if (offers.length > 0) await passOn('stop');
    return accept({ outcome: 'stopped' });
  }
  const [only] = offers;
  if (answer !== null && only?.isTexted && offers.length === 1 && (await wasAskedLast(tx, from))) {
    if (await writeAnswer(tx, ctx, ledger, received, only, answer))
      return accept({ outcome: answer === 'yes' ? 'accepted' : 'refused' });
  }
  return (await passOn(whyFor(offers))) ? accept({ outcome: 'passed-on' }) : refuse('nobody-to-tell');
}

function whyFor(offers: readonly TextedOffer[]): WhyPassedOn {
  if (offers.length === 0) return 'nothing-asked';
  return offers.length > 1 ? 'several' : 'more-than-yes-or-no';
}

/** Whether the offer is the last thing that we texted to this number: a yes to something else is no yes to it. */
async function wasAskedLast(tx: Tx, from: string): Promise<boolean> {
  const last = await tx
    .selectFrom('outbox')
    .select('template')
    .where('channel', '=', 'sms')
    .where('recipient', '=', from)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.template === 'request-offer';
}

/** False when the answer cannot be taken any more: somebody else was faster. */
async function writeAnswer(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  { gatewayId, from, text, origin }: ReceivedText,
  { territoryId, requestId, id }: TextedOffer,
  answer: 'yes' | 'no'
): Promise<boolean> {
  const row = await lockRequest(tx, territoryId, requestId);
  const offer = row?.offers.find((one) => one.id === id);
  if (!row || !offer) return false;
  const mover = { roles: rolesOn(ctx.actor, { ...row, offeredTo: [] }, 'link'), accountId: null };
  const taken = await takeAnswer(
    tx,
    ctx,
    ledger,
    {
      answer: answer === 'yes' ? 'accept' : 'refuse',
      reason: answer === 'yes' ? null : 'other',
      note: `SMS : « ${text} »`,
      origin
    },
    row,
    mover,
    offer,
    true
  );
  if (!taken.ok) return false;
  const language = await languageOf(tx, territoryId);
  const { name } = await placeOfTerritory(tx, territoryId);
  ledger.send({
    channel: 'sms',
    recipient: from,
    territoryId,
    template: 'text-received',
    onceKey: onceKeyOf(gatewayId),
    foot: { kind: 'essential', language },
    text: `${name} : ${receivedSms(language, answer)}`
  });
  return true;
}
