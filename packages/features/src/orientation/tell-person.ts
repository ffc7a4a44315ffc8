import { plusWorkingDays } from '@terreau/calendar/working-days';
import type { Context } from '@terreau/database/context';
import type { Ledger, Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate, type Instant } from '@terreau/kernel/instants';
import { signature, type Desk, type ToldRequest } from './desk.ts';
import { personNews, type PersonNews } from './request-mails.ts';
import { canReceiveSms } from './text-messages.rules.ts';
import type { TerritoryPlace } from './territory-place.ts';

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
  const row = await findReached(tx, request);
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

/** How the person of a request is told: by message, by a promised word, or not at all. */
export async function channelTo(tx: Tx, request: ToldRequest): Promise<'mail' | 'sms' | 'promise' | 'nobody'> {
  const row = await findReached(tx, request);
  return row ? channelOf(row) : 'nobody';
}

interface Reached {
  readonly reachedBy: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly language: string;
  readonly accountId: Id | null;
}

async function findReached(tx: Tx, { id, personId }: ToldRequest): Promise<Reached | undefined> {
  if (!personId) return undefined;
  return tx
    .selectFrom('request')
    .innerJoin('person', 'person.id', 'request.person_id')
    .leftJoin('account', 'account.id', 'person.account_id')
    .select(['reached_by as reachedBy', 'request.language', 'person.phone', 'account.id as accountId'])
    .select((select) => select.fn.coalesce('person.email', 'account.email').as('email'))
    .where('request.id', '=', id)
    .executeTakeFirst();
}

function channelOf({ reachedBy, phone, email }: Reached): 'mail' | 'sms' | 'promise' {
  const sms = canReceiveSms(phone);
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
