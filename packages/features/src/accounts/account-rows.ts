import type { Grant } from '@terreau/database/context';
import { errorCode } from '@terreau/database/engine';
import type { Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { sql } from 'kysely';

export interface AccountRow {
  readonly name: string;
  readonly email: string;
  readonly language: 'fr' | 'en';
  readonly trust: 'new' | 'verified' | 'trusted';
  readonly passwordHash: string | null;
}

/** Writes an account whose address is proven, with its password if it has one. Throws on a taken address (23505). */
export async function insertAccount(tx: Tx, row: AccountRow, now: Instant): Promise<Id> {
  const id = newId();
  const { name, email, language, trust, passwordHash } = row;
  await tx
    .insertInto('account')
    .values({ id, name, email, email_verified: true, language, trust, created_at: now, updated_at: now })
    .execute();
  if (passwordHash) {
    await tx
      .insertInto('credential')
      .values({ account_id: id, provider_id: 'credential', provider_account_id: id, password: passwordHash })
      .execute();
  }
  return id;
}

/** Writes a grant in force; null when the account already holds it. */
export async function insertGrant(
  tx: Tx,
  accountId: Id,
  grant: Grant,
  grantedBy: Id | null,
  now: Instant
): Promise<Id | null> {
  const row = await tx
    .insertInto('role_grant')
    .values({
      account_id: accountId,
      role: grant.role,
      territory_id: grant.territoryId,
      organization_id: grant.organizationId,
      granted_by: grantedBy,
      granted_at: now
    })
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'role', 'territory_id', 'organization_id'])
        .where('ended_at', 'is', null)
        .doNothing()
    )
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Ends the sessions of an account, so that its rights are asked for anew; `keep` is the session that acts. */
export async function endSessions(tx: Tx, accountId: Id, keep: Id | null = null): Promise<number> {
  const ended = await tx
    .deleteFrom('session')
    .where('account_id', '=', accountId)
    .where(sql<boolean>`id is distinct from ${keep}`)
    .executeTakeFirst();
  return Number(ended.numDeletedRows);
}

/** Whether `error` is PostgreSQL's "this already exists". */
export function isTaken(error: unknown): boolean {
  return errorCode(error) === '23505';
}
