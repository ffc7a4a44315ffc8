import type { Context } from '@terreau/database/context';
import type { Ledger, Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { sql } from 'kysely';
import { placeOfTerritory } from '../orientation/territory-place.ts';
import { canReceiveSms } from '../orientation/text-messages.rules.ts';
import { handOverMail, newCompanionMail, newCompanionSms } from './circle-mails.ts';
import { OVER_STATES } from './unaccompanied.ts';

interface HandOver {
  readonly territoryId: Id;
  readonly toAccountId: Id;
  readonly dossierIds: readonly Id[];
  readonly origin: string;
}

/**
 * Tells whoever takes dossiers over, and the structures whose dossiers they are: by mail, else by text message, once for
 * each person however many dossiers are theirs. Gives the number of dossiers in which nobody could be told. Run with the
 * platform's rights.
 */
export async function tellHandOver(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  { territoryId, toAccountId, dossierIds, origin }: HandOver
): Promise<number> {
  const place = await placeOfTerritory(tx, territoryId);
  const receiver = await tx
    .selectFrom('account')
    .select(['name', 'email', 'language'])
    .where('id', '=', toAccountId)
    .executeTakeFirstOrThrow();
  const people = await peopleOf(tx, dossierIds);
  const told = new Map<string, Reached>();
  const tellable = new Set<Id>();
  for (const person of people) {
    const address = person.email ?? (canReceiveSms(person.phone) ? person.phone : null);
    if (!address) continue;
    tellable.add(person.dossierId);
    told.set(address, person);
  }
  const base = { territoryId, template: 'new-companion' } as const;
  const list = `${origin}/${place.slug}/dossiers`;
  for (const [recipient, { accountId, email, language }] of told) {
    const words = { companion: receiver.name, territory: place.name, link: accountId ? list : null };
    const foot = { kind: 'essential', language } as const;
    if (email)
      ledger.send({ ...base, channel: 'mail', recipient, accountId, foot, ...newCompanionMail(language, words) });
    else ledger.send({ ...base, channel: 'sms', recipient, foot, text: newCompanionSms(language, words) });
  }
  const untold = new Set(people.map(({ dossierId }) => dossierId)).size - tellable.size;
  if (toAccountId !== ctx.actor.accountId) {
    const { email: recipient, language } = receiver;
    const words = { count: dossierIds.length, untold, territory: place.name, link: list };
    const foot = { kind: 'essential', language } as const;
    const mail = handOverMail(language, words);
    ledger.send({
      channel: 'mail',
      recipient,
      accountId: toAccountId,
      territoryId,
      template: 'hand-over',
      foot,
      ...mail
    });
  }
  return untold;
}

interface Reached {
  readonly dossierId: Id;
  readonly accountId: Id | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly language: string;
}

/** Those who carry the dossiers or belong to their structures, where something is still due. */
async function peopleOf(tx: Tx, dossierIds: readonly Id[]): Promise<Reached[]> {
  const { rows } = await sql<Reached>`
    select d.id as "dossierId", a.id as "accountId", coalesce(a.email, p.email) as email, p.phone,
      coalesce(a.language, 'fr') as language
    from dossier d
      join dossier_member m on m.dossier_id = d.id and m.role in ('carrier', 'member') and m.left_at is null
      left join person p on p.id = m.person_id
      left join account a on a.id = coalesce(m.account_id, p.account_id) and a.suspended_at is null
    where d.id = any(${[...dossierIds]}::uuid[]) and d.state <> all(${[...OVER_STATES]}::text[])
    order by m.joined_at, m.id`.execute(tx);
  return rows;
}
