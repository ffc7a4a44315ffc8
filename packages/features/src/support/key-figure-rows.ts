import type { KeyFigureSource, KeyFigures } from '@terreau/database/schema';
import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Selectable } from 'kysely';
import type { YearOfFigures } from './key-figures.rules.ts';

const FIGURE_YEARS_MAX_COUNT = 10;

/** The years that were typed of a dossier, the latest first. */
export async function yearsOfFigures(tx: Tx, dossierId: Id): Promise<{ year: number; figures: YearOfFigures }[]> {
  const rows = await tx
    .selectFrom('key_figures')
    .selectAll()
    .where('dossier_id', '=', dossierId)
    .orderBy('year', 'desc')
    .limit(FIGURE_YEARS_MAX_COUNT)
    .execute();
  const sources = await tx
    .selectFrom('key_figure_source')
    .selectAll()
    .where('dossier_id', '=', dossierId)
    .orderBy('position')
    .execute();
  const byYear = Map.groupBy(sources, (source) => source.figures_id);
  return rows.map((row) => ({ year: row.year, figures: figuresOf(row, byYear.get(row.id) ?? []) }));
}

function figuresOf(row: Selectable<KeyFigures>, sources: readonly Selectable<KeyFigureSource>[]): YearOfFigures {
  return {
    jobsHundredths: row.jobs_hundredths,
    permanentJobsHundredths: row.permanent_jobs_hundredths,
    volunteers: row.volunteers,
    volunteerHours: row.volunteer_hours,
    busiestVolunteerHours: row.busiest_volunteer_hours,
    incomeCents: cents(row.income_cents),
    chargesCents: cents(row.charges_cents),
    nonCashChargesCents: cents(row.non_cash_charges_cents),
    cashCents: cents(row.cash_cents),
    equityCents: cents(row.equity_cents),
    multiYearCents: cents(row.multi_year_cents),
    hourlyValueCents: row.hourly_value_cents,
    peopleReached: row.people_reached,
    reachedDefinition: row.reached_definition,
    partnerships: row.partnerships,
    boardMembers: row.board_members,
    boardResidents: row.board_residents,
    sources: sources.map(({ label, amount_cents }) => ({ label, amountCents: Number(amount_cents) }))
  };
}

/** The columns of a year, as they are written. */
export function columnsOfFigures(figures: YearOfFigures) {
  return {
    jobs_hundredths: figures.jobsHundredths,
    permanent_jobs_hundredths: figures.permanentJobsHundredths,
    volunteers: figures.volunteers,
    volunteer_hours: figures.volunteerHours,
    busiest_volunteer_hours: figures.busiestVolunteerHours,
    income_cents: figures.incomeCents,
    charges_cents: figures.chargesCents,
    non_cash_charges_cents: figures.nonCashChargesCents,
    cash_cents: figures.cashCents,
    equity_cents: figures.equityCents,
    multi_year_cents: figures.multiYearCents,
    hourly_value_cents: figures.hourlyValueCents,
    people_reached: figures.peopleReached,
    reached_definition: figures.reachedDefinition,
    partnerships: figures.partnerships,
    board_members: figures.boardMembers,
    board_residents: figures.boardResidents
  };
}

/** The driver gives what may not fit a number as a text; these fit. */
function cents(value: string | null): number | null {
  return value === null ? null : Number(value);
}
