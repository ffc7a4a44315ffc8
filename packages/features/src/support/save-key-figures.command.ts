import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { promiseCallBack } from './call-back.ts';
import { todayIn, workedDossier } from './circle.ts';
import { columnsOfFigures, yearsOfFigures } from './key-figure-rows.ts';
import {
  alertingFigures,
  keyFiguresOf,
  yearsBefore,
  type FigureCode,
  type YearOfFigures
} from './key-figures.rules.ts';
import { settingInForce } from '../territories/read-settings.query.ts';

export interface SaveKeyFiguresRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  /** The year in which the financial year ends. */
  readonly year: number;
  readonly figures: YearOfFigures;
}

/** What was saved raises, in private: the figures to talk about, and the day before which whoever accompanies calls. */
export interface SavedKeyFigures {
  readonly alerts: readonly FigureCode[];
  readonly callBackOn: LocalDate | null;
}

export type SaveKeyFiguresRefusal = 'not-found' | 'year-not-ended' | 'nothing-typed' | 'sources-above-income';

/**
 * Writes the figures of one financial year; typed again, they replace what was said of it. When the latest year passes
 * a mark that worries, whoever accompanies owes a call within few working days, and nobody outside of the circle knows.
 */
export async function saveKeyFigures(
  ctx: Context,
  { territoryId, dossierId, year, figures }: SaveKeyFiguresRequest
): Promise<Verdict<SavedKeyFigures, SaveKeyFiguresRefusal>> {
  return transaction(ctx, 'save-key-figures', async (tx, ledger) => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own) return refuse('not-found');
    const today = await todayIn(tx, ctx, territoryId);
    if (`${year}-${own.row.year_ends_on}` > today) return refuse('year-not-ended');
    const { sources, ...others } = figures;
    if (sources.length === 0 && Object.values(others).every((value) => value === null)) return refuse('nothing-typed');
    const named = sources.reduce((total, source) => total + source.amountCents, 0);
    if (sources.length > 0 && named > (figures.incomeCents ?? 0)) return refuse('sources-above-income');
    await writeYear(tx, ctx, { territoryId, dossierId: own.row.id, year, figures });
    const alerts = await alertsOfLatest(tx, territoryId, own.row.id, year);
    const callBackOn = alerts.length > 0 ? await promiseCallBack(tx, ctx, territoryId, own.row.id) : null;
    ledger.about('dossier', own.row.id, territoryId, { figures: year });
    return accept({ alerts, callBackOn });
  });
}

async function writeYear(tx: Tx, ctx: Context, request: SaveKeyFiguresRequest): Promise<void> {
  const { territoryId, dossierId, year, figures } = request;
  const place = { dossier_id: dossierId, territory_id: territoryId };
  const values = { ...columnsOfFigures(figures), typed_by: ctx.actor.accountId, typed_at: ctx.now };
  const { id } = await tx
    .insertInto('key_figures')
    .values({ ...place, year, ...values })
    .onConflict((conflict) => conflict.columns(['dossier_id', 'year']).doUpdateSet(values))
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx.deleteFrom('key_figure_source').where('figures_id', '=', id).where('dossier_id', '=', dossierId).execute();
  if (figures.sources.length === 0) return;
  await tx
    .insertInto('key_figure_source')
    .values(
      figures.sources.map(({ label, amountCents }, index) => ({
        ...place,
        figures_id: id,
        position: index + 1,
        label,
        amount_cents: amountCents
      }))
    )
    .execute();
}

/** What the year raises if it is the latest one: an old year, typed late, worries nobody today. */
async function alertsOfLatest(tx: Tx, territoryId: Id, dossierId: Id, year: number): Promise<FigureCode[]> {
  const years = await yearsOfFigures(tx, dossierId);
  const [latest] = years;
  if (!latest || latest.year !== year) return [];
  const marks = await settingInForce(tx, territoryId, 'figure-marks');
  return alertingFigures(keyFiguresOf(latest.figures, yearsBefore(years, year), marks));
}
