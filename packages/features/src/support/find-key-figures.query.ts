import type { Context } from '@terreau/database/context';
import { witnessed, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import { headOf, ownDossier, todayIn, type DossierHead } from './circle.ts';
import { yearsOfFigures } from './key-figure-rows.ts';
import {
  alertingFigures,
  keyFiguresOf,
  yearsBefore,
  type FigureCode,
  type FigureMarks,
  type KeyFigure,
  type YearOfFigures
} from './key-figures.rules.ts';
import { settingInForce } from '../territories/read-settings.query.ts';
import { maySeeFigures } from './support.policy.ts';

export interface FiguresSheet {
  readonly head: DossierHead;
  /** Month and day on which the financial year ends, `12-31`. */
  readonly yearEndsOn: string;
  /** The latest financial year that has ended. */
  readonly lastYear: number;
  /** The latest first; each with what it takes to be typed again. */
  readonly years: readonly FiguresOfOneYear[];
  /** From where each figure is to be talked about, as the territory sets it. */
  readonly marks: FigureMarks;
  /** What the latest year raises, in private. */
  readonly alerts: readonly FigureCode[];
  /** The call that was promised and is not yet made. */
  readonly callBack: { readonly id: Id; readonly on: LocalDate } | null;
}

export interface FiguresOfOneYear {
  readonly year: number;
  readonly typed: YearOfFigures;
  readonly figures: readonly KeyFigure[];
}

/** The key figures of a dossier, for the structure and whoever accompanies it; null for anybody else, observers too. */
export async function findKeyFigures(
  ctx: Context,
  request: { readonly territoryId: Id; readonly dossierId: string }
): Promise<FiguresSheet | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, request.territoryId, request.dossierId);
    if (!own || !maySeeFigures(own.role)) return null;
    saw({ dossierId: own.row.id, territoryId: request.territoryId, as: own.role, kind: 'page', what: 'key-figures' });
    const rows = await yearsOfFigures(tx, own.row.id);
    const marks = await settingInForce(tx, request.territoryId, 'figure-marks');
    const years = rows.map(({ year, figures }) => ({
      year,
      typed: figures,
      figures: keyFiguresOf(figures, yearsBefore(rows, year), marks)
    }));
    const today = await todayIn(tx, ctx, request.territoryId);
    const thisYear = Number(today.slice(0, 4));
    return {
      head: headOf(own),
      yearEndsOn: own.row.year_ends_on,
      lastYear: `${thisYear}-${own.row.year_ends_on}` > today ? thisYear - 1 : thisYear,
      years,
      marks,
      alerts: years[0] ? alertingFigures(years[0].figures) : [],
      callBack: await callBackOf(tx, own.row.id)
    };
  });
}

async function callBackOf(tx: Tx, dossierId: Id): Promise<FiguresSheet['callBack']> {
  const row = await tx
    .selectFrom('promised_contact')
    .select(['id', 'promised_on as on'])
    .where('dossier_id', '=', dossierId)
    .where('kind', '=', 'call')
    .where('done_at', 'is', null)
    .orderBy('promised_on')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}
