import type { Context } from '@terreau/database/context';
import type { Ledger, Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { hashToken, newToken } from '../accounts/tokens.ts';
import { dayInWords, signature, type Desk, type ToldRequest } from './desk.ts';
import { linkExpiry, REPLY_LINK_DAYS } from './request-delays.rules.ts';
import { followUpMail, offerMail, offerSms, offerWithdrawnMail, type Words } from './request-mails.ts';
import type { OfferRow } from './request-rows.ts';

/** Sends an actor the link that answers, in place of the one before. Gives its token; null when there is no address. */
export async function sendReplyLink(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  request: ToldRequest,
  offer: Pick<OfferRow, 'id' | 'kind' | 'name' | 'email' | 'mobile' | 'hasAddress' | 'state'>,
  desk: Desk,
  {
    message = null,
    isReminder = false,
    onceKey
  }: { message?: string | null; isReminder?: boolean; onceKey?: string } = {}
): Promise<string | null> {
  if (!offer.hasAddress) return null;
  const token = newToken();
  const expiresAt = linkExpiry(ctx.now, REPLY_LINK_DAYS);
  await tx
    .updateTable('request_link')
    .set({ expires_at: ctx.now })
    .where('offer_id', '=', offer.id)
    .where('expires_at', '>', ctx.now)
    .execute();
  await tx
    .insertInto('request_link')
    .values({
      territory_id: request.territoryId,
      request_id: request.id,
      offer_id: offer.id,
      purpose: 'answer',
      token_hash: hashToken(token),
      sent_at: ctx.now,
      expires_at: expiresAt
    })
    .execute();
  const language = await languageOf(tx, request.territoryId);
  const link = `${desk.origin}/replies/${token}`;
  const until = dayInWords(expiresAt, desk.place.timeZone, language);
  const about = {
    territory: desk.place.name,
    structure: offer.name,
    kind: offer.kind,
    message,
    link,
    until,
    isReminder
  };
  const words =
    offer.state === 'accepted'
      ? followUpMail(language, { structure: offer.name, link })
      : { ...offerMail(language, about), sms: offerSms(language, about) };
  const template = offer.state === 'accepted' ? 'follow-up' : 'offer';
  sendToPartner(ledger, request, offer, desk, language, words, template, onceKey);
  return token;
}

/** Tells an actor that nothing is expected of them any more. */
export async function tellWithdrawn(
  tx: Tx,
  ledger: Ledger,
  request: ToldRequest,
  offer: OfferRow,
  desk: Desk
): Promise<void> {
  const language = await languageOf(tx, request.territoryId);
  sendToPartner(ledger, request, offer, desk, language, offerWithdrawnMail(language, offer.name), 'offer-withdrawn');
}

/** By mail; by text message to whoever has a mobile number and no address; nothing where neither is known. */
function sendToPartner(
  ledger: Ledger,
  request: ToldRequest,
  { email, mobile }: Pick<OfferRow, 'email' | 'mobile'>,
  { place, origin }: Desk,
  language: string,
  { subject, text, sms }: Words & { readonly sms?: string },
  template: string,
  onceKey?: string
): void {
  const base = {
    territoryId: request.territoryId,
    template: `request-${template}`,
    ...(onceKey ? { onceKey } : {}),
    foot: { kind: 'requests', language, origin }
  } as const;
  if (email) {
    ledger.send({
      ...base,
      channel: 'mail',
      recipient: email,
      subject,
      text: `${text}\n${signature(language, place.name)}\n`
    });
  } else if (mobile) {
    // A greeting and paragraphs are for mails.
    const short = sms ?? text.replace(/^[^\n]*\n\n/, '').replaceAll(/\s*\n+\s*/g, ' ');
    ledger.send({ ...base, channel: 'sms', recipient: mobile, text: `${place.name} : ${short.trim()}` });
  }
}

/** The language in which a territory writes to structures. */
export async function languageOf(tx: Tx, territoryId: Id): Promise<string> {
  const row = await tx.selectFrom('territory').select('languages').where('id', '=', territoryId).executeTakeFirst();
  return row?.languages[0] ?? 'fr';
}
