import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { localDate, plusDays, plusLocalDays } from '@terreau/kernel/instants';
import { hashToken } from '../accounts/tokens.ts';
import { hashOfReport, type FrozenReport } from '../support/frozen-report.rules.ts';
import { countMonth } from '../support/month-report.query.ts';
import type { MeasureCode } from '../support/report-measures.rules.ts';
import { daysOfMonth } from '../support/report-period.rules.ts';
import { countForTheOutside, insertReleased } from '../support/report-rows.ts';
import content from './reports.json' with { type: 'json' };

export interface ReportSeed {
  readonly territoryId: Id;
  readonly neighbourhoods: ReadonlyMap<string, Id>;
  readonly accounts: ReadonlyMap<string, Id>;
  readonly timeZone: string;
}

/** The demonstration's secret address is known to all: what it opens is invented. */
const TOKEN_OF_DEMONSTRATION = 'valbrune-bilan-de-demonstration1';

/** A month that was frozen, what a funder asks, and the report that it reads by a secret address. */
export async function insertReports(tx: Tx, ctx: Context, seed: ReportSeed): Promise<void> {
  await placeDossiers(tx, seed);
  const today = localDate(ctx.now, seed.timeZone);
  const lastMonth = plusLocalDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7);
  await insertMonth(tx, ctx, seed, lastMonth);
  await insertFunderReport(tx, ctx, seed, daysOfMonth(lastMonth).to);
}

/** Where each dossier is, what it is about, and whether its circle shows it. */
async function placeDossiers(tx: Tx, { territoryId, neighbourhoods, accounts }: ReportSeed): Promise<void> {
  for (const [by, key] of Object.entries(content.neighbourhoods)) {
    await tx
      .updateTable('dossier')
      .set({ neighbourhood_id: neighbourhoods.get(key)! })
      .where('territory_id', '=', territoryId)
      .where('opened_by', '=', accounts.get(by)!)
      .where('title', 'not in', content.nowhere)
      .execute();
  }
  const titles = new Set(Object.values(content.themes).flat());
  for (const title of titles) {
    const themes = Object.entries(content.themes).flatMap(([theme, some]) => (some.includes(title) ? [theme] : []));
    await tx
      .updateTable('dossier')
      .set({ themes })
      .where('territory_id', '=', territoryId)
      .where('title', '=', title)
      .execute();
  }
  await tx
    .updateTable('dossier')
    .set({ visibility: 'public' })
    .where('territory_id', '=', territoryId)
    .where('title', 'in', content.shownToAll)
    .execute();
}

async function insertMonth(tx: Tx, ctx: Context, { territoryId, accounts }: ReportSeed, month: string): Promise<void> {
  const { by, comment, failed } = content.month;
  const accountId = accounts.get(by)!;
  const report = await countMonth(tx, ctx, { territoryId, accountId, month });
  await tx
    .insertInto('report')
    .values({
      territory_id: territoryId,
      kind: 'month',
      account_id: accountId,
      title: month,
      from_on: report.from,
      to_on: report.to,
      comment,
      failed,
      created_by: accountId,
      created_at: ctx.now,
      updated_at: ctx.now,
      ...frozen(report, ctx, accountId)
    })
    .execute();
}

async function insertFunderReport(
  tx: Tx,
  ctx: Context,
  { territoryId, accounts }: ReportSeed,
  to: string
): Promise<void> {
  const { template, report: words } = content;
  const coordinator = accounts.get(template.by)!;
  const sections = template.sections.map((section) => ({
    id: newId(),
    title: section.title,
    measures: section.measures as MeasureCode[],
    themes: 'themes' in section ? section.themes! : [],
    neighbourhoodId: null,
    qpv: 'qpv' in section ? (section.qpv as 2024) : null
  }));
  const texts = template.texts.map((text) => ({ id: newId(), ...text }));
  const written = { created_by: coordinator, created_at: ctx.now, updated_at: ctx.now };
  const templateId = newId();
  await tx
    .insertInto('report_template')
    .values({
      id: templateId,
      territory_id: territoryId,
      title: template.title,
      sections: JSON.stringify(sections),
      texts: JSON.stringify(texts.map(({ id, title, maxCharacters }) => ({ id, title, maxCharacters }))),
      ...written
    })
    .execute();
  const from = `${plusLocalDays(to, -360).slice(0, 7)}-01`;
  const counted = { territoryId, from, to, sections, reportId: null };
  const { report, released } = await countForTheOutside(tx, ctx, counted);
  const reportId = newId();
  await tx
    .insertInto('report')
    .values({
      id: reportId,
      territory_id: territoryId,
      kind: 'funder',
      template_id: templateId,
      title: words.title,
      from_on: from,
      to_on: to,
      sections: JSON.stringify(sections),
      texts: JSON.stringify(texts),
      failed: words.failed,
      ...written,
      ...frozen(report, ctx, coordinator)
    })
    .execute();
  await insertReleased(tx, { reportId, territoryId }, released);
  await tx
    .insertInto('report_link')
    .values({
      report_id: reportId,
      territory_id: territoryId,
      label: words.label,
      token_hash: hashToken(TOKEN_OF_DEMONSTRATION),
      created_by: coordinator,
      created_at: ctx.now,
      expires_at: plusDays(ctx.now, 90)
    })
    .execute();
}

function frozen(report: FrozenReport, ctx: Context, by: Id) {
  return {
    frozen: JSON.stringify(report),
    frozen_hash: hashOfReport(report),
    frozen_at: ctx.now,
    frozen_by: by
  };
}
