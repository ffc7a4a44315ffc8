import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { sql } from 'kysely';

/** An offer that waits for the answer of whoever has a number. */
export interface TextedOffer {
  readonly id: Id;
  /** They have no address: the offer reached them by text message. */
  readonly isTexted: boolean;
  readonly requestId: Id;
  readonly territoryId: Id;
}

const OFFERS_MAX_COUNT = 20;

/** The offers that wait for whoever has this number, of every territory, oldest first. As the platform. */
export async function openOffersTo(tx: Tx, phone: string): Promise<TextedOffer[]> {
  const { rows } = await sql<TextedOffer>`
    select f.id, f.request_id as "requestId", f.territory_id as "territoryId",
      coalesce(s.email, a.email, p.email, o.email) is null as "isTexted"
    from request_offer f
      left join support s on s.id = f.support_id
      left join skill k on k.id = s.skill_id
      left join person p on p.id = k.person_id
      left join account a on a.id = p.account_id
      left join organization o on o.id = f.organization_id
    where f.state = 'pending' and coalesce(s.phone, p.phone, o.phone) = ${phone}
    order by f.id limit ${OFFERS_MAX_COUNT}`.execute(tx);
  return rows;
}
