import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { keepsCatalogue } from './support.policy.ts';
import { supportColumns } from './support-rows.ts';
import type { TemplateValues } from './support-templates.rules.ts';

export type AdoptTemplateRefusal = 'not-found' | 'already-adopted' | 'own-template';

/**
 * Makes a sheet of the newest version of another territory's template. It arrives as a draft that nobody here has
 * checked: what is true there may not be true here.
 */
export async function adoptTemplate(
  ctx: Context,
  request: { readonly territoryId: Id; readonly templateId: Id }
): Promise<Verdict<Id, AdoptTemplateRefusal>> {
  const { territoryId, templateId } = request;
  return transaction(ctx, 'adopt-template', async (tx, ledger) => {
    if (!keepsCatalogue(ctx.actor, territoryId) || !isId(territoryId) || !isId(templateId)) return refuse('not-found');
    const version = await tx
      .selectFrom('support_template')
      .innerJoin('support_template_version', 'support_template_version.template_id', 'support_template.id')
      .select(['support_template.territory_id as origin', 'number', 'fields'])
      .where('support_template.id', '=', templateId)
      .where('withdrawn_at', 'is', null)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!version) return refuse('not-found');
    if (version.origin === territoryId) return refuse('own-template');
    const known = await tx
      .selectFrom('support_adoption')
      .select('support_id')
      .where('territory_id', '=', territoryId)
      .where('template_id', '=', templateId)
      .executeTakeFirst();
    if (known) return refuse('already-adopted');
    const { id } = await tx
      .insertInto('support')
      .values({
        ...supportColumns(version.fields as unknown as TemplateValues),
        territory_id: territoryId,
        status: 'draft',
        created_by: ctx.actor.accountId,
        created_at: ctx.now,
        updated_at: ctx.now
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('support_adoption')
      .values({
        support_id: id,
        territory_id: territoryId,
        template_id: templateId,
        adopted_number: version.number,
        adopted_by: ctx.actor.accountId,
        adopted_at: ctx.now
      })
      .execute();
    ledger.about('support', id, territoryId, { templateId, number: version.number });
    return accept(id);
  });
}
