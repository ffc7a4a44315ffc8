import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { sql } from 'kysely';
import { OPEN_ACTION_STATES } from './plan.rules.ts';

/**
 * What was owed to the structures by those who leave is owed by whoever takes over: the open actions of the plans, the
 * deadlines that they saw to, and the calls that were promised. Run with the platform's rights, once the new places stand.
 */
export async function handOverOwed(
  tx: Tx,
  ctx: Context,
  { dossierIds, formerMemberIds }: { readonly dossierIds: readonly Id[]; readonly formerMemberIds: readonly Id[] },
  toAccountId: Id
): Promise<void> {
  await sql`
    update plan_action a set owner_member_id = n.id, version = a.version + 1, updated_at = ${ctx.now},
      updated_by = ${ctx.actor.accountId}
    from dossier_member n
    where a.owner_member_id = any(${[...formerMemberIds]}::uuid[])
      and a.state = any(${[...OPEN_ACTION_STATES]}::text[])
      and n.dossier_id = a.dossier_id and n.account_id = ${toAccountId} and n.left_at is null`.execute(tx);
  await sql`
    update dossier_deadline l set member_id = n.id
    from dossier_member n
    where l.member_id = any(${[...formerMemberIds]}::uuid[]) and l.done_at is null
      and n.dossier_id = l.dossier_id and n.account_id = ${toAccountId} and n.left_at is null`.execute(tx);
  await sql`
    update promised_contact c set promised_by = ${toAccountId}
    where c.dossier_id = any(${[...dossierIds]}::uuid[]) and c.done_at is null
      and not exists (select from dossier_member m
        where m.dossier_id = c.dossier_id and m.account_id = c.promised_by and m.left_at is null)`.execute(tx);
}
