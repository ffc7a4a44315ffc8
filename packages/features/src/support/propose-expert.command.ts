import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { findSupportIn } from '../orientation/find-support.query.ts';
import { todayIn } from './circle.ts';
import { movedNeed, type ExpertAddress, type ExpertRefusal } from './expert-rows.ts';
import type { ExpertProposalFields } from './expert.schema.ts';

export type ProposeExpertRefusal =
  ExpertRefusal | 'expert-missing' | 'expert-twice' | 'expert-unknown' | 'agreed-later' | 'too-many-proposals';

const PROPOSALS_MAX_COUNT = 10;

/**
 * Proposes somebody for an expertise: an expert of the territory, a person of the catalogue, or a name that is typed. Each
 * has said yes to being proposed, on a date that is written down.
 */
export async function proposeExpert(
  ctx: Context,
  { fields, ...address }: ExpertAddress & { readonly fields: ExpertProposalFields }
): Promise<Verdict<Id, ProposeExpertRefusal>> {
  return transaction(ctx, 'propose-expert', async (tx, ledger) => {
    const own = await movedNeed(tx, ctx, address, 'propose');
    if (!own.ok) return own;
    const { row, need } = own.value;
    if (!fields.who && !fields.name) return refuse('expert-missing');
    if (fields.who && fields.name) return refuse('expert-twice');
    if (fields.agreedOn > (await todayIn(tx, ctx, address.territoryId))) return refuse('agreed-later');
    const who = await named(tx, ctx, address.territoryId, fields);
    if (!who) return refuse('expert-unknown');
    const { count } = await tx
      .selectFrom('expert_proposal')
      .select((select) => select.fn.countAll<string>().as('count'))
      .where('need_id', '=', need.id)
      .executeTakeFirstOrThrow();
    if (Number(count) >= PROPOSALS_MAX_COUNT) return refuse('too-many-proposals', { max: PROPOSALS_MAX_COUNT });
    const id = newId();
    await tx
      .insertInto('expert_proposal')
      .values({
        id,
        need_id: need.id,
        dossier_id: row.id,
        territory_id: address.territoryId,
        ...who,
        offer: fields.offer,
        agreed_on: fields.agreedOn,
        written_by: ctx.actor.accountId,
        written_at: ctx.now
      })
      .execute();
    ledger.about('dossier', row.id, address.territoryId, { need: need.id });
    return accept(id);
  });
}

interface Named {
  readonly name: string;
  readonly account_id: Id | null;
  readonly support_id: Id | null;
}

async function named(tx: Tx, ctx: Context, territoryId: Id, fields: ExpertProposalFields): Promise<Named | null> {
  const { who, name } = fields;
  if (!who) return { name: name!, account_id: null, support_id: null };
  if (who.kind === 'account') {
    const account = await expertOf(tx, territoryId, who.id);
    return account && { name: account.name, account_id: account.id, support_id: null };
  }
  const sheet = await findSupportIn(tx, ctx, territoryId, who.id);
  if (sheet?.kind !== 'person') return null;
  return { name: (sheet.shownName ?? sheet.title).slice(0, 120), account_id: null, support_id: sheet.id };
}

/** Somebody who holds the role of expert in the territory. */
async function expertOf(tx: Tx, territoryId: Id, accountId: Id): Promise<{ id: Id; name: string } | null> {
  const row = await tx
    .selectFrom('role_grant')
    .innerJoin('account', 'account.id', 'role_grant.account_id')
    .select(['account.id', 'account.name'])
    .where('account.id', '=', accountId)
    .where('account.suspended_at', 'is', null)
    .where('role_grant.territory_id', '=', territoryId)
    .where('role_grant.role', '=', 'expert')
    .where('role_grant.ended_at', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}
