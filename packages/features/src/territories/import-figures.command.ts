import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { readTable, type TableRefusal } from '@terreau/formats/read-table';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { readFigures, type FigureLine, type FigureProblem } from './figures-file.rules.ts';
import { mayShapeTerritory } from './territories.policy.ts';

export interface FiguresRequest {
  readonly territoryId: Id;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** Rows written, and what is wrong with the others: with one problem nothing is written. */
export interface FiguresOutcome {
  readonly written: number;
  readonly problems: readonly FigureProblem[];
}

export type FiguresRefusal = 'not-found' | 'columns-missing' | 'too-many-rows' | 'file-too-large' | TableRefusal;

export const FIGURES_FILE_MAX_BYTES = 5_000_000;

/**
 * Brings figures from a table (CSV, XLSX, ODS). A portrait half-changed would compare what cannot be: with one wrong
 * row nothing is written, and every problem is told. The same figure of the same date is replaced.
 */
export async function importFigures(
  ctx: Context,
  request: FiguresRequest
): Promise<Verdict<FiguresOutcome, FiguresRefusal>> {
  if (!mayShapeTerritory(ctx.actor, request.territoryId)) return refuse('not-found');
  if (request.bytes.length > FIGURES_FILE_MAX_BYTES)
    return refuse('file-too-large', { megabytes: FIGURES_FILE_MAX_BYTES / 1e6 });
  const table = await readTable(request.bytes, request.fileName);
  if (!table.ok) return table;
  return transaction(ctx, 'import-figures', async (tx, ledger) => {
    const territory = await tx
      .selectFrom('territory')
      .select('id')
      .where('id', '=', request.territoryId)
      .executeTakeFirst();
    if (!territory) return refuse('not-found');
    const neighbourhoods = await neighbourhoodsOf(tx, territory.id);
    const read = readFigures(table.value, namesOf(neighbourhoods));
    if (!read.ok) return read;
    const { lines, problems } = read.value;
    if (problems.length === 0) await writeFigures(tx, territory.id, lines, neighbourhoods);
    const written = problems.length === 0 ? lines.length : 0;
    ledger.about('territory', territory.id, territory.id, { written, problems: problems.length });
    return accept({ written, problems });
  });
}

interface NeighbourhoodName {
  readonly id: Id;
  readonly slug: string;
  readonly name: string;
}

async function neighbourhoodsOf(tx: Tx, territoryId: Id): Promise<NeighbourhoodName[]> {
  return tx
    .selectFrom('neighbourhood')
    .select(['id', 'slug', 'name'])
    .where('territory_id', '=', territoryId)
    .execute();
}

function namesOf(neighbourhoods: readonly NeighbourhoodName[]): Map<string, string> {
  return new Map(
    neighbourhoods.flatMap(({ slug, name }) => [
      [slug, slug],
      [name.toLowerCase(), slug]
    ])
  );
}

const ROWS_WRITTEN_TOGETHER = 500;

async function writeFigures(
  tx: Tx,
  territoryId: Id,
  lines: readonly FigureLine[],
  neighbourhoods: readonly NeighbourhoodName[]
): Promise<void> {
  const ids = new Map(neighbourhoods.map(({ id, slug }) => [slug, id]));
  const positions = new Map([...new Set(lines.map(({ code }) => code))].map((code, position) => [code, position]));
  for (let from = 0; from < lines.length; from += ROWS_WRITTEN_TOGETHER) {
    await tx
      .insertInto('figure')
      .values(
        lines.slice(from, from + ROWS_WRITTEN_TOGETHER).map((line) => ({
          territory_id: territoryId,
          neighbourhood_id: line.neighbourhoodSlug === null ? null : ids.get(line.neighbourhoodSlug)!,
          code: line.code,
          label_fr: line.label,
          label_en: line.labelEn ?? line.label,
          definition: line.definition,
          definition_en: line.definitionEn,
          value: line.value,
          unit: line.unit,
          denominator_label: line.denominator,
          denominator_label_en: line.denominatorEn,
          missing_reason: line.missingReason,
          source: line.source,
          as_of: line.asOf,
          position: positions.get(line.code)!
        }))
      )
      .onConflict((conflict) =>
        conflict.columns(['territory_id', 'neighbourhood_id', 'code', 'as_of']).doUpdateSet((eb) => ({
          label_fr: eb.ref('excluded.label_fr'),
          label_en: eb.ref('excluded.label_en'),
          definition: eb.ref('excluded.definition'),
          definition_en: eb.ref('excluded.definition_en'),
          value: eb.ref('excluded.value'),
          unit: eb.ref('excluded.unit'),
          denominator_label: eb.ref('excluded.denominator_label'),
          denominator_label_en: eb.ref('excluded.denominator_label_en'),
          numerator_count: null,
          denominator_count: null,
          missing_reason: eb.ref('excluded.missing_reason'),
          missing_note: null,
          missing_note_en: null,
          source: eb.ref('excluded.source'),
          source_url: null,
          position: eb.ref('excluded.position')
        }))
      )
      .execute();
  }
}
