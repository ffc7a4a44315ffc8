import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { sql } from 'kysely';

/**
 * Whoever takes over a portfolio comes to its appointments that are still ahead, in place of those who leave. Run with
 * the platform's rights: the coordination moves a portfolio without reading it.
 */
export async function handOverAppointments(
  tx: Tx,
  ctx: Context,
  formerMemberIds: readonly Id[],
  toAccountId: Id
): Promise<void> {
  const former = [...formerMemberIds];
  await sql`
    insert into appointment_participant (appointment_id, dossier_id, territory_id, member_id)
    select a.id, a.dossier_id, a.territory_id, n.id
    from appointment a
      join appointment_participant p on p.appointment_id = a.id and p.member_id = any(${former}::uuid[])
      join dossier_member n on n.dossier_id = a.dossier_id and n.account_id = ${toAccountId} and n.left_at is null
    where a.state in ('proposed', 'confirmed') and a.starts_at > ${ctx.now}::timestamptz
    on conflict (appointment_id, member_id) do nothing`.execute(tx);
  await sql`
    delete from appointment_participant p using appointment a
    where a.id = p.appointment_id and p.member_id = any(${former}::uuid[])
      and a.state in ('proposed', 'confirmed') and a.starts_at > ${ctx.now}::timestamptz`.execute(tx);
}
