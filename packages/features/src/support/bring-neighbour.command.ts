import type { Context } from '@terreau/database/context';
import { transaction, type Ledger, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { asPlatform } from '../trust/as-platform.ts';
import { CIRCLE_MAX_MEMBERS } from './bring-into-circle.command.ts';
import { insertInformed, insertPerson } from './circle-person.ts';
import { workedDossier } from './circle.ts';
import { circleInvitation } from './circle-mails.ts';
import type { BringNeighbourFields } from './circle.schema.ts';
import { mayBringIn } from './support.policy.ts';

export interface BringNeighbourRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly fields: BringNeighbourFields;
  /** The public address of the site, for the link of the mail. */
  readonly origin: string;
}

export type BringNeighbourRefusal = 'not-found' | 'role-not-yours' | 'information-missing' | 'circle-full';

/**
 * Brings somebody of the structure into the circle who has no account: a name is enough. With an address, they are
 * written to, and join with an account of that address when they wish (`joinCircles`); without one, whoever accompanies
 * types for them.
 */
export async function bringNeighbour(
  ctx: Context,
  { territoryId, dossierId, fields, origin }: BringNeighbourRequest
): Promise<Verdict<Id, BringNeighbourRefusal>> {
  return transaction(ctx, 'bring-neighbour', async (tx, ledger) => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own) return refuse('not-found');
    if (!mayBringIn(own.role, fields.role)) return refuse('role-not-yours');
    if (fields.informed !== 'yes') return refuse('information-missing');
    const { count } = await tx
      .selectFrom('dossier_member')
      .select((select) => select.fn.countAll<string>().as('count'))
      .where('dossier_id', '=', own.row.id)
      .where('left_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (Number(count) >= CIRCLE_MAX_MEMBERS) return refuse('circle-full', { max: CIRCLE_MAX_MEMBERS });
    // Whoever carries a project writes down a neighbour, without being of the team that reads everybody's names.
    const personId = await asPlatform(tx, async () => {
      const id = await insertPerson(tx, ctx, territoryId, fields);
      await insertInformed(tx, ctx, territoryId, id);
      return id;
    });
    const { id } = await tx
      .insertInto('dossier_member')
      .values({
        dossier_id: own.row.id,
        territory_id: territoryId,
        role: fields.role,
        person_id: personId,
        added_by: ctx.actor.accountId,
        joined_at: ctx.now
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (fields.email) await invite(tx, ctx, ledger, territoryId, fields.email, origin);
    ledger.about('dossier', own.row.id, territoryId, { role: fields.role });
    return accept(id);
  });
}

async function invite(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  territoryId: Id,
  email: string,
  origin: string
): Promise<void> {
  const territory = await tx
    .selectFrom('territory')
    .select(['name', 'slug'])
    .where('id', '=', territoryId)
    .executeTakeFirstOrThrow();
  const inviter = await tx
    .selectFrom('account')
    .select('name')
    .where('id', '=', ctx.actor.accountId!)
    .executeTakeFirstOrThrow();
  const link = `${origin}/sign-up?next=${encodeURIComponent(`/${territory.slug}/dossiers`)}`;
  ledger.send({
    channel: 'mail',
    recipient: email,
    territoryId,
    template: 'circle-invitation',
    foot: { kind: 'essential', language: ctx.language },
    ...circleInvitation(ctx.language, { inviter: inviter.name, territory: territory.name, link })
  });
}
