import type { Context } from '@terreau/database/context';
import type { Report, ReportTemplate } from '@terreau/database/schema';
import type { Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import type { Selectable } from 'kysely';
import { asPlatform } from '../trust/as-platform.ts';
import { defined, type FrozenReport } from './frozen-report.rules.ts';
import { reportMaterial } from './read-report-material.ts';
import { forTheOutside, type ReleasedCell } from './report-disclosure.rules.ts';
import { figuresOf } from './report-figures.rules.ts';
import type { Weight } from './report-material.rules.ts';
import { filterInWords, type TemplateSection, type TemplateText } from './report-template.rules.ts';
import { mayTellFunder } from './report.policy.ts';

/** A question of the funder with what was answered so far. */
export interface AnsweredText extends TemplateText {
  readonly words: string | null;
}

export type TemplateRow = Omit<Selectable<ReportTemplate>, 'sections' | 'texts'> & {
  readonly sections: readonly TemplateSection[];
  readonly texts: readonly TemplateText[];
};
export type FunderReportRow = Omit<Selectable<Report>, 'sections' | 'texts' | 'frozen'> & {
  readonly sections: readonly TemplateSection[];
  readonly texts: readonly AnsweredText[];
  readonly frozen: FrozenReport | null;
};

/** A template in use, for whoever coordinates its territory; null for anybody else. */
export async function templateRow(
  tx: Tx,
  ctx: Context,
  territoryId: Id,
  templateId: string,
  lock: 'lock' | 'read' = 'read'
): Promise<TemplateRow | null> {
  if (!mayTellFunder(ctx.actor, territoryId) || !isId(templateId)) return null;
  const row = await tx
    .selectFrom('report_template')
    .selectAll()
    .where('id', '=', templateId)
    .where('territory_id', '=', territoryId)
    .where('retired_at', 'is', null)
    .$if(lock === 'lock', (query) => query.forUpdate())
    .executeTakeFirst();
  return (row as unknown as TemplateRow | undefined) ?? null;
}

/** A report to a funder, for whoever coordinates its territory; null for anybody else. */
export async function funderReportRow(
  tx: Tx,
  ctx: Context,
  territoryId: Id,
  reportId: string,
  lock: 'lock' | 'read' = 'read'
): Promise<FunderReportRow | null> {
  if (!mayTellFunder(ctx.actor, territoryId) || !isId(reportId)) return null;
  const row = await tx
    .selectFrom('report')
    .selectAll()
    .where('id', '=', reportId)
    .where('territory_id', '=', territoryId)
    .where('kind', '=', 'funder')
    .$if(lock === 'lock', (query) => query.forUpdate())
    .executeTakeFirst();
  return (row as unknown as FunderReportRow | undefined) ?? null;
}

/** What a report to the outside counts, of which territory and period. */
export interface CountedReport {
  readonly territoryId: Id;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly sections: readonly TemplateSection[];
  /** Null for what is not kept: it leaves nothing behind to be compared with. */
  readonly reportId: Id | null;
}

/**
 * The figures of all facilitators together, as somebody outside may see them, and the cells that leave with them.
 * What other reports of the territory told already is taken into account.
 */
export async function countForTheOutside(
  tx: Tx,
  ctx: Context,
  { territoryId, from, to, sections, reportId }: CountedReport
): Promise<{ report: FrozenReport; released: ReleasedCell[] }> {
  const material = await reportMaterial(tx, { territoryId, from, to, accountId: null }, ctx.now);
  const named = sections.flatMap((section, index) =>
    figuresOf(material, section.measures, section).map((figure) => [`${index}:${figure.measure}`, figure] as const)
  );
  const { shown, released } = forTheOutside(named, await toldBefore(tx, territoryId, reportId));
  const figures = shown.map(defined);
  const nameOf = new Map(material.neighbourhoods.map(({ id, name }) => [id, name]));
  let taken = 0;
  return {
    released,
    report: {
      from,
      to,
      sections: sections.map((section) => ({
        title: section.title,
        narrowedTo: filterInWords(section, nameOf.get(section.neighbourhoodId ?? '') ?? null),
        figures: figures.slice(taken, (taken += section.measures.length))
      }))
    }
  };
}

/** The cells of the reports of a territory that are frozen, other than this one. */
async function toldBefore(tx: Tx, territoryId: Id, reportId: Id | null): Promise<ReleasedCell[]> {
  return asPlatform(tx, async () => {
    const rows = await tx
      .selectFrom('report_cell')
      .select(['cell', 'weight', 'units', 'owners'])
      .where('territory_id', '=', territoryId)
      .$if(reportId !== null, (query) => query.where('report_id', '!=', reportId!))
      .execute();
    return rows.map(({ cell, weight, units, owners }) => ({
      cell,
      weight: weight as Weight,
      counted: units.map((unit, index) => ({ unit, owner: owners[index]! }))
    }));
  });
}

/** Keeps what leaves with a report, for the reports that come after it. With the platform's rights. */
export async function insertReleased(
  tx: Tx,
  { reportId, territoryId }: { readonly reportId: Id; readonly territoryId: Id },
  released: readonly ReleasedCell[]
): Promise<void> {
  if (released.length === 0) return;
  const rows = released.map(({ cell, weight, counted }) => ({
    report_id: reportId,
    territory_id: territoryId,
    cell,
    weight,
    units: counted.map(({ unit }) => unit),
    owners: counted.map(({ owner }) => owner)
  }));
  await tx.insertInto('report_cell').values(rows).execute();
}

/** The names of dossiers whose circle chose to show them that far, as it confirmed them. */
export async function namesShownTo(
  tx: Tx,
  report: FrozenReport,
  whom: 'territory' | 'public'
): Promise<ReadonlyMap<Id, string>> {
  const ids = new Set(report.sections.flatMap(({ figures }) => figures.flatMap(({ dossierIds }) => dossierIds)));
  if (ids.size === 0) return new Map();
  return asPlatform(tx, async () => {
    const rows = await tx
      .selectFrom('shared_project as shared')
      .innerJoin('dossier', 'dossier.id', 'shared.dossier_id')
      .leftJoin('organization', 'organization.id', 'dossier.organization_id')
      .select(['dossier.id', 'shared.title', 'organization.name'])
      .where('shared.dossier_id', 'in', [...ids])
      .where('shared.audience', 'in', whom === 'public' ? ['public'] : ['territory', 'public'])
      .where('shared.withdrawn_at', 'is', null)
      .where('shared.hidden_at', 'is', null)
      .execute();
    return new Map(rows.map(({ id, title, name }) => [id, name ?? title]));
  });
}
