import { plusWorkingDays } from '@terreau/calendar/working-days';
import type { Context } from '@terreau/database/context';
import type { Ledger, Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate, type Instant } from '@terreau/kernel/instants';
import { hashToken, newToken } from '../accounts/tokens.ts';
import { linkExpiry, REPLY_LINK_DAYS } from './request-delays.rules.ts';
import {
  followUpMail,
  offerMail,
  offerWithdrawnMail,
  personNews,
  teamMail,
  type PersonNews,
  type TeamNews
} from './request-mails.ts';
import type { OfferRow } from './request-rows.ts';
import type { TerritoryPlace } from './territory-place.ts';

/** A request about which somebody is told; run with the platform's rights. */
export interface ToldRequest {
  readonly id: Id;
  readonly territoryId: Id;
  readonly version: number;
  readonly personId: Id | null;
  readonly responsibleId: Id | null;
}

/** What every message needs: where it is written from, and the public address of the site. */
export interface Desk {
  readonly place: TerritoryPlace;
  readonly origin: string;
}

/**
 * Tells the person who asks, in the way that they chose. Somebody who reads neither mail nor text message is promised a
 * call or a visit, which the responsible person owes on the next working day.
 */
export async function tellPerson(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  request: ToldRequest,
  { place, origin }: Desk,
  news: PersonNews
): Promise<'mail' | 'sms' | 'promise' | 'nobody'> {
  if (!request.personId) return 'nobody';
  const row = await tx
    .selectFrom('request')
    .innerJoin('person', 'person.id', 'request.person_id')
    .leftJoin('account', 'account.id', 'person.account_id')
    .select(['reached_by as reachedBy', 'request.language', 'person.phone', 'account.id as accountId'])
    .select((select) => select.fn.coalesce('person.email', 'account.email').as('email'))
    .where('request.id', '=', request.id)
    .executeTakeFirst();
  if (!row) return 'nobody';
  const channel = channelOf(row);
  const { subject, text } = personNews(row.language, news);
  const { language } = row;
  const foot =
    news.kind === 'survey'
      ? ({ kind: 'surveys', language, origin } as const)
      : ({ kind: 'essential', language } as const);
  const base = { territoryId: request.territoryId, accountId: row.accountId, template: `request-${news.kind}`, foot };
  const onceKey = `request:${request.id}:${request.version}:${news.kind}`;
  if (channel === 'mail') {
    ledger.send({
      ...base,
      onceKey,
      channel,
      recipient: row.email!,
      subject,
      text: `${language === 'en' ? 'Hello' : 'Bonjour'},\n\n${text}\n\n${signature(language, place.name)}\n`
    });
  } else if (channel === 'sms') {
    ledger.send({ ...base, onceKey, channel, recipient: row.phone!, text: `${place.name} : ${text}` });
  } else if (news.kind !== 'survey') {
    await promiseWord(tx, ctx.now, request, place, row.reachedBy === 'visit' ? 'visit' : 'call', text);
  }
  return channel;
}

interface Reached {
  readonly reachedBy: string | null;
  readonly phone: string | null;
  readonly email: string | null;
}

/** Numbers that receive text messages, in E.164: those of France and of its territories overseas. */
const MOBILE = /^\+(33[67]|590690|590691|594694|596696|596697|262692|262693|262639|508|687|689|681)/;

function channelOf({ reachedBy, phone, email }: Reached): 'mail' | 'sms' | 'promise' {
  const sms = phone !== null && MOBILE.test(phone);
  if (reachedBy === 'mail' && email) return 'mail';
  if (reachedBy === 'sms' && sms) return 'sms';
  // Whoever asked to be called or visited is; unless they said nothing of it.
  if (reachedBy === 'phone' || reachedBy === 'visit') return 'promise';
  if (email) return 'mail';
  return sms ? 'sms' : 'promise';
}

async function promiseWord(
  tx: Tx,
  now: Instant,
  request: ToldRequest,
  place: TerritoryPlace,
  kind: 'call' | 'visit',
  note: string
): Promise<void> {
  const day = plusWorkingDays(localDate(now, place.timeZone), 1, place.departement);
  await tx
    .insertInto('promised_contact')
    .values({
      territory_id: request.territoryId,
      request_id: request.id,
      kind,
      promised_on: day,
      promised_by: request.responsibleId,
      note: note.slice(0, PROMISE_NOTE_MAX_CHARACTERS),
      created_at: now
    })
    .execute();
}

const PROMISE_NOTE_MAX_CHARACTERS = 500;

/** Tells whoever of the team answers for the request, but never the one who acts. */
export async function tellTeam(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  request: ToldRequest,
  desk: Desk,
  news: TeamNews,
  more: { who?: string; days?: number; onceKey?: string } = {}
): Promise<number> {
  const people = news === 'late' ? await coordinatorsOf(tx, request.territoryId) : await answerersOf(tx, request);
  const others = people.filter((person) => person.id !== ctx.actor.accountId);
  for (const { id, email, language } of others) {
    const link = `${desk.origin}/${desk.place.slug}/requests/${request.id}`;
    const { subject, text } = teamMail(language, news, { ...more, link });
    ledger.send({
      channel: 'mail',
      recipient: email,
      accountId: id,
      territoryId: request.territoryId,
      template: `request-${news}`,
      onceKey: `${more.onceKey ?? `request:${request.id}:${request.version}:team-${news}`}:${id}`,
      foot: { kind: 'requests', language, origin: desk.origin },
      subject,
      text
    });
  }
  return others.length;
}

interface TeamMember {
  readonly id: Id;
  readonly email: string;
  readonly language: string;
}

/** The responsible person; as long as nobody took the request, the coordinators. */
async function answerersOf(tx: Tx, request: ToldRequest): Promise<TeamMember[]> {
  if (!request.responsibleId) return coordinatorsOf(tx, request.territoryId);
  const row = await tx
    .selectFrom('account')
    .select(['id', 'email', 'language'])
    .where('id', '=', request.responsibleId)
    .executeTakeFirst();
  return row ? [row] : coordinatorsOf(tx, request.territoryId);
}

const TOLD_MAX_COUNT = 20;

/** The coordinators of a territory; its facilitators where it has none. */
async function coordinatorsOf(tx: Tx, territoryId: Id): Promise<TeamMember[]> {
  const rows = await tx
    .selectFrom('role_grant')
    .innerJoin('account', 'account.id', 'role_grant.account_id')
    .select(['account.id', 'account.email', 'account.language', 'role_grant.role'])
    .where('role_grant.territory_id', '=', territoryId)
    .where('role_grant.role', 'in', ['coordinator', 'facilitator'])
    .where('role_grant.ended_at', 'is', null)
    .orderBy('account.id')
    .execute();
  const coordinators = rows.filter((row) => row.role === 'coordinator');
  return (coordinators.length > 0 ? coordinators : rows).slice(0, TOLD_MAX_COUNT);
}

/** Sends an actor the link that answers, in place of the one before. Gives its token; null when there is no address. */
export async function sendReplyLink(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  request: ToldRequest,
  offer: Pick<OfferRow, 'id' | 'kind' | 'name' | 'email' | 'state'>,
  desk: Desk,
  {
    message = null,
    isReminder = false,
    onceKey
  }: { message?: string | null; isReminder?: boolean; onceKey?: string } = {}
): Promise<string | null> {
  if (!offer.email) return null;
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
  const { subject, text } =
    offer.state === 'accepted'
      ? followUpMail(language, { structure: offer.name, link })
      : offerMail(language, {
          territory: desk.place.name,
          structure: offer.name,
          kind: offer.kind,
          message,
          link,
          until,
          isReminder
        });
  sendToPartner(
    ledger,
    request,
    offer.email,
    desk,
    language,
    { subject, text },
    offer.state === 'accepted' ? 'follow-up' : 'offer',
    onceKey
  );
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
  if (!offer.email) return;
  const language = await languageOf(tx, request.territoryId);
  sendToPartner(
    ledger,
    request,
    offer.email,
    desk,
    language,
    offerWithdrawnMail(language, offer.name),
    'offer-withdrawn'
  );
}

function sendToPartner(
  ledger: Ledger,
  request: ToldRequest,
  recipient: string,
  { place, origin }: Desk,
  language: string,
  { subject, text }: { subject: string; text: string },
  template: string,
  onceKey?: string
): void {
  ledger.send({
    channel: 'mail',
    recipient,
    territoryId: request.territoryId,
    template: `request-${template}`,
    ...(onceKey ? { onceKey } : {}),
    subject,
    foot: { kind: 'requests', language, origin },
    text: `${text}\n${signature(language, place.name)}\n`
  });
}

/** The language in which a territory writes to structures. */
async function languageOf(tx: Tx, territoryId: Id): Promise<string> {
  const row = await tx.selectFrom('territory').select('languages').where('id', '=', territoryId).executeTakeFirst();
  return row?.languages[0] ?? 'fr';
}

function dayInWords(instant: Instant, timeZone: string, language: string): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long', timeZone } as const;
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'fr-FR', options).format(instant);
}

const signature = (language: string, territory: string) =>
  language === 'en' ? `The ${territory} team` : `L’équipe de ${territory}`;
