import type { Context } from '@terreau/database/context';
import type { Ledger, Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { sql } from 'kysely';
import { signature } from '../orientation/desk.ts';
import { placeOfTerritory } from '../orientation/territory-place.ts';
import { canReceiveSms } from '../orientation/text-messages.rules.ts';
import { asPlatform } from '../trust/as-platform.ts';
import type { OwnDossier } from './circle.ts';
import type { DossierMove } from './dossier-life.rules.ts';
import { moveWords } from './move-mails.ts';

/**
 * Tells the other side of a circle that an accompaniment was moved: the structure, when whoever accompanies moved it;
 * whoever accompanies, when the structure did. Neither learns of an end, a pause or a plan by chance. Never the one who
 * acts; nothing for a move that asks nothing of the other side. Without `origin` the message bears no link.
 */
export async function tellMove(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  { row, role }: OwnDossier,
  move: DossierMove,
  origin: string | null
): Promise<void> {
  const to = role === 'facilitator' ? 'structure' : 'facilitators';
  if (!moveWords('fr', to, move)) return;
  const place = await placeOfTerritory(tx, row.territory_id);
  const base = { territoryId: row.territory_id, template: `dossier-${move}` };
  const address = origin ? `${origin}/${place.slug}/dossiers/${row.id}` : null;
  for (const { accountId, email, phone, language } of await otherSide(tx, ctx, row.id, to)) {
    const { subject, text } = moveWords(language, to, move)!;
    const foot = { kind: 'essential', language } as const;
    if (email) {
      const link = accountId && address ? `\n\n${address}` : '';
      const body = `${language === 'en' ? 'Hello' : 'Bonjour'},\n\n${text}${link}\n\n${signature(language, place.name)}\n`;
      ledger.send({ ...base, channel: 'mail', recipient: email, accountId, foot, subject, text: body });
    } else if (canReceiveSms(phone)) {
      ledger.send({ ...base, channel: 'sms', recipient: phone, foot, text: `${place.name} : ${text}` });
    }
  }
}

interface Told {
  readonly accountId: Id | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly language: string;
}

/** By the address that they gave, once each. With the platform's rights: a circle does not read each other's addresses. */
async function otherSide(tx: Tx, ctx: Context, dossierId: Id, to: 'structure' | 'facilitators'): Promise<Told[]> {
  const roles = to === 'structure' ? ['carrier', 'member'] : ['facilitator'];
  const { rows } = await asPlatform(tx, () =>
    sql<Told>`
      select distinct on (coalesce(a.email, p.email, p.phone, m.id::text)) a.id as "accountId",
        coalesce(a.email, p.email) as email, p.phone, coalesce(a.language, 'fr') as language
      from dossier_member m
        left join person p on p.id = m.person_id
        left join account a on a.id = coalesce(m.account_id, p.account_id) and a.suspended_at is null
      where m.dossier_id = ${dossierId} and m.left_at is null and m.role = any(${roles}::text[])
        and a.id is distinct from ${ctx.actor.accountId}
      order by coalesce(a.email, p.email, p.phone, m.id::text), m.id`.execute(tx)
  );
  return rows;
}
