import { plusWorkingDays } from '@terreau/calendar/working-days';
import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate } from '@terreau/kernel/instants';
import { columnsOfFigures } from '../support/key-figure-rows.ts';
import { alertingFigures, keyFiguresOf, type YearOfFigures } from '../support/key-figures.rules.ts';
import { DEFAULT_SETTINGS } from '../territories/settings.schema.ts';
import content from './key-figures.json' with { type: 'json' };
import type { DossierSeed } from './seed-dossiers.ts';

type TypedYear = (typeof content.structures)[number]['years'][number];

/** The accounts of seven structures; one of them worries, and is owed a call. */
export async function insertKeyFigures(tx: Tx, ctx: Context, seed: DossierSeed): Promise<void> {
  for (const { title, years } of content.structures) {
    const dossier = await tx
      .selectFrom('dossier')
      .select(['id', 'opened_by'])
      .where('territory_id', '=', seed.territoryId)
      .where('title', '=', title)
      .executeTakeFirstOrThrow();
    for (const year of years) await insertYear(tx, ctx, seed, dossier.id, dossier.opened_by, year);
    const [latest, ...before] = years.map(figuresOf).toReversed();
    const figures = keyFiguresOf(latest!, before, DEFAULT_SETTINGS['figure-marks']);
    if (alertingFigures(figures).length > 0) await insertCall(tx, ctx, seed, dossier.id, dossier.opened_by);
  }
}

async function insertYear(
  tx: Tx,
  ctx: Context,
  { territoryId, timeZone }: DossierSeed,
  dossierId: Id,
  typedBy: Id | null,
  typed: TypedYear
): Promise<void> {
  const figures = figuresOf(typed);
  const place = { dossier_id: dossierId, territory_id: territoryId };
  const year = Number(localDate(ctx.now, timeZone).slice(0, 4)) - typed.yearsAgo;
  const { id } = await tx
    .insertInto('key_figures')
    .values({ ...place, year, ...columnsOfFigures(figures), typed_by: typedBy, typed_at: ctx.now })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (figures.sources.length === 0) return;
  const rows = figures.sources.map(({ label, amountCents }, index) => ({
    ...place,
    figures_id: id,
    position: index + 1,
    label,
    amount_cents: amountCents
  }));
  await tx.insertInto('key_figure_source').values(rows).execute();
}

async function insertCall(
  tx: Tx,
  ctx: Context,
  { territoryId, timeZone }: DossierSeed,
  dossierId: Id,
  facilitator: Id | null
): Promise<void> {
  const today = localDate(ctx.now, timeZone);
  await tx
    .insertInto('promised_contact')
    .values({
      territory_id: territoryId,
      dossier_id: dossierId,
      kind: 'call',
      promised_on: plusWorkingDays(today, 1),
      promised_by: facilitator,
      created_at: ctx.now
    })
    .execute();
}

function figuresOf(typed: TypedYear): YearOfFigures {
  const parts = (value: number | null) => (value === null ? null : Math.round(value * 100));
  return {
    jobsHundredths: parts(typed.jobs),
    permanentJobsHundredths: parts(typed.permanentJobs),
    volunteers: typed.volunteers,
    volunteerHours: typed.volunteerHours,
    busiestVolunteerHours: typed.busiestVolunteerHours,
    incomeCents: parts(typed.income),
    chargesCents: parts(typed.charges),
    nonCashChargesCents: parts(typed.nonCashCharges),
    cashCents: parts(typed.cash),
    equityCents: parts(typed.equity),
    multiYearCents: parts(typed.multiYear),
    hourlyValueCents: parts(typed.hourlyValue),
    peopleReached: typed.peopleReached,
    reachedDefinition: typed.reachedDefinition,
    partnerships: typed.partnerships,
    boardMembers: typed.boardMembers,
    boardResidents: typed.boardResidents,
    sources: (typed.sources as [string, number][]).map(([label, euros]) => ({ label, amountCents: euros * 100 }))
  };
}
