import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { TemplateParts } from './report-template.rules.ts';
import { templateRow } from './report-rows.ts';

export interface TemplateSheet extends TemplateParts {
  readonly id: Id;
  readonly version: number;
  readonly neighbourhoods: readonly { readonly id: Id; readonly name: string }[];
}

/** A template as whoever coordinates changes it; null for anybody else. */
export async function findReportTemplate(
  ctx: Context,
  { territoryId, templateId }: { readonly territoryId: Id; readonly templateId: string }
): Promise<TemplateSheet | null> {
  return reading(ctx, async (tx) => {
    const row = await templateRow(tx, ctx, territoryId, templateId);
    if (!row) return null;
    const neighbourhoods = await tx
      .selectFrom('neighbourhood')
      .select(['id', 'name'])
      .where('territory_id', '=', territoryId)
      .orderBy('position')
      .orderBy('name')
      .execute();
    const { id, version, title, sections, texts } = row;
    return { id, version, title, sections, texts, neighbourhoods };
  });
}
