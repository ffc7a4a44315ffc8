import type { Ledger, Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { displayPhone } from '@terreau/formats/cells';
import { coordinatorsOf, type TeamMember } from './tell-team.ts';
import { placeOfTerritory } from './territory-place.ts';
import { passedOnMail, type WhyPassedOn } from './text-answer-words.ts';
import type { ReceivedText } from './text-answers.rules.ts';
import type { TextedOffer } from './texted-offers.ts';

/**
 * Mails a text message to the coordinators of the territories that it may be about: those of the offers that wait, else
 * the one that last wrote to this number; for a number that nobody knows, to the platform's administrators. These mails
 * cannot be refused. False when there is nobody at all.
 */
export async function passOnText(
  tx: Tx,
  ledger: Ledger,
  { from, text, origin }: Pick<ReceivedText, 'from' | 'text' | 'origin'>,
  onceKey: string,
  offers: readonly TextedOffer[],
  why: WhyPassedOn
): Promise<boolean> {
  const readers: Reader[] = [];
  for (const territoryId of await territoriesOf(tx, from, offers)) {
    const { slug } = await placeOfTerritory(tx, territoryId);
    const own = offers.filter((offer) => offer.territoryId === territoryId);
    const links = [...new Set(own.map(({ requestId }) => `${origin}/${slug}/requests/${requestId}`))];
    for (const member of await coordinatorsOf(tx, territoryId)) readers.push({ member, territoryId, links });
  }
  // Nobody works there, or nobody knows the number: it is still read.
  if (readers.length === 0)
    for (const member of await administrators(tx)) readers.push({ member, territoryId: null, links: [] });
  readers.forEach(({ member, territoryId, links }, index) =>
    ledger.send({
      channel: 'mail',
      recipient: member.email,
      accountId: member.id,
      territoryId,
      template: 'text-passed-on',
      onceKey: index === 0 ? onceKey : `${onceKey}:${index}`,
      ...passedOnMail(member.language, { from: displayPhone(from), text, why, links })
    })
  );
  return readers.length > 0;
}

interface Reader {
  readonly member: TeamMember;
  readonly territoryId: Id | null;
  readonly links: readonly string[];
}

async function territoriesOf(tx: Tx, from: string, offers: readonly TextedOffer[]): Promise<Id[]> {
  if (offers.length > 0) return [...new Set(offers.map(({ territoryId }) => territoryId))];
  const last = await tx
    .selectFrom('outbox')
    .select('territory_id as territoryId')
    .where('channel', '=', 'sms')
    .where('recipient', '=', from)
    .where('territory_id', 'is not', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.territoryId ? [last.territoryId] : [];
}

const ADMINISTRATORS_MAX_COUNT = 20;

function administrators(tx: Tx): Promise<TeamMember[]> {
  return tx
    .selectFrom('role_grant')
    .innerJoin('account', 'account.id', 'role_grant.account_id')
    .select(['account.id', 'account.email', 'account.language'])
    .where('role_grant.role', '=', 'platform-administrator')
    .where('role_grant.ended_at', 'is', null)
    .orderBy('account.id')
    .limit(ADMINISTRATORS_MAX_COUNT)
    .execute();
}
