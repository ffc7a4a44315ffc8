import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';

/* Somebody without an account who enters a circle: their name, a way to reach them, and that they were told. */

export const DOSSIER_CONSENT_PURPOSE = 'support-information';
export const DOSSIER_CONSENT_VERSION = 'support-1';

export interface TypedPerson {
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
}

export async function insertPerson(tx: Tx, ctx: Context, territoryId: Id, typed: TypedPerson): Promise<Id> {
  const { id } = await tx
    .insertInto('person')
    .values({
      territory_id: territoryId,
      display_name: typed.name,
      phone: typed.phone,
      email: typed.email,
      entered_by: ctx.actor.accountId,
      created_at: ctx.now,
      last_contact_at: ctx.now
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** They were told aloud what is kept of them, and by whom. */
export async function insertInformed(tx: Tx, ctx: Context, territoryId: Id, personId: Id): Promise<void> {
  await tx
    .insertInto('consent')
    .values({
      person_id: personId,
      territory_id: territoryId,
      purpose: DOSSIER_CONSENT_PURPOSE,
      text_version: DOSSIER_CONSENT_VERSION,
      channel: 'oral',
      recorded_by: ctx.actor.accountId,
      given_at: ctx.now
    })
    .execute();
}
