import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import { keepsCatalogue } from './support.policy.ts';
import { driftOf, type FieldDrift, type Settled, type TemplateValues } from './support-templates.rules.ts';
import { fieldsOfRow } from './support-rows.ts';

export const TEMPLATES_PAGE_ROWS = 40;

export interface ListedTemplate {
  readonly id: Id;
  readonly title: string;
  readonly kind: string;
  readonly provider: string | null;
  readonly territory: string;
  readonly isOwn: boolean;
  readonly number: number;
  readonly publishedAt: Instant;
  /** Territories that adopted it; ours is said apart. */
  readonly adoptedAs: Id | null;
}

/** The templates that any territory shares, newest first; null for whoever keeps no catalogue here. */
export async function listTemplates(
  ctx: Context,
  { territoryId, after }: { readonly territoryId: Id; readonly after?: string | null }
): Promise<{ templates: ListedTemplate[]; next: Id | null } | null> {
  if (!keepsCatalogue(ctx.actor, territoryId)) return null;
  return reading(ctx, async (tx) => {
    const { rows } = await sql<ListedTemplate>`
      select t.id, v.title, v.fields ->> 'kind' as kind, v.fields ->> 'provider' as provider, y.name as territory,
        t.territory_id = ${territoryId} as "isOwn", v.number, v.published_at as "publishedAt", a.support_id as "adoptedAs"
      from support_template t
      join territory y on y.id = t.territory_id
      cross join lateral (
        select * from support_template_version v where v.template_id = t.id order by number desc limit 1) v
      left join support_adoption a on a.template_id = t.id and a.territory_id = ${territoryId}
      where t.withdrawn_at is null and y.closed_at is null
        ${isId(after) ? sql`and t.id < ${after}` : sql``}
      order by t.id desc limit ${TEMPLATES_PAGE_ROWS + 1}`.execute(tx);
    const templates = rows.slice(0, TEMPLATES_PAGE_ROWS);
    return { templates, next: rows.length > TEMPLATES_PAGE_ROWS ? templates.at(-1)!.id : null };
  });
}

export interface SupportDrift {
  readonly templateId: Id;
  /** The territory that shares it. */
  readonly territory: string;
  readonly adoptedNumber: number;
  readonly newestNumber: number;
  readonly newestNote: string | null;
  readonly newestAt: Instant;
  readonly fields: readonly FieldDrift[];
}

/** How a sheet has moved away from the template that it was made from; null when it was made from none. */
export async function supportDrift(ctx: Context, territoryId: Id, supportId: Id): Promise<SupportDrift | null> {
  if (!keepsCatalogue(ctx.actor, territoryId) || !isId(supportId)) return null;
  return reading(ctx, async (tx) => {
    const row = await tx
      .selectFrom('support_adoption')
      .innerJoin('support', 'support.id', 'support_adoption.support_id')
      .innerJoin('support_template', 'support_template.id', 'support_adoption.template_id')
      .innerJoin('territory', 'territory.id', 'support_template.territory_id')
      .selectAll('support')
      .select(['template_id', 'settled', 'adopted_number', 'territory.name as origin'])
      .where('support.id', '=', supportId)
      .where('support.territory_id', '=', territoryId)
      .executeTakeFirst();
    if (!row) return null;
    const versions = await tx
      .selectFrom('support_template_version')
      .select(['number', 'fields', 'note', 'published_at'])
      .where('template_id', '=', row.template_id)
      .orderBy('number')
      .execute();
    const newest = versions.at(-1)!;
    return {
      templateId: row.template_id,
      territory: row.origin,
      adoptedNumber: row.adopted_number,
      newestNumber: newest.number,
      newestNote: newest.note,
      newestAt: newest.published_at,
      fields: driftOf(
        fieldsOfRow(row),
        versions.map(({ number, fields }) => ({ number, fields: fields as unknown as TemplateValues })),
        row.adopted_number,
        row.settled as unknown as Settled
      )
    };
  });
}
