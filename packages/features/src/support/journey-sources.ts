import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { gridOf } from './diagnosis-grid.rules.ts';
import type { JourneySource } from './journey.rules.ts';

/* What the deliverables take from other pages of the dossier, as lines to be read; one small function for each. */

/** A deliverable has two pages: what is longer is read where it stands. */
export const SOURCE_LINES_MAX_ROWS = 12;
/** Of one line. */
const SOURCE_LINE_MAX_CHARACTERS = 200;

/** The lines of each source, in the words of those who wrote them; empty where nothing was typed yet. */
export async function sourceLines(
  tx: Tx,
  dossierId: Id,
  language: 'fr' | 'en'
): Promise<Map<JourneySource, readonly string[]>> {
  return new Map<JourneySource, readonly string[]>([
    ['meetings', await meetingLines(tx, dossierId)],
    ['diagnosis', await diagnosisLines(tx, dossierId, language)]
  ]);
}

/** What meetings with close actors left behind. */
async function meetingLines(tx: Tx, dossierId: Id): Promise<string[]> {
  const rows = await tx
    .selectFrom('dossier_fact')
    .distinctOn('key')
    .select('value')
    .where('dossier_id', '=', dossierId)
    .where('key', 'like', 'meeting.%')
    .where('value', 'is not', null)
    .orderBy('key')
    .orderBy('id', 'desc')
    .limit(SOURCE_LINES_MAX_ROWS)
    .execute();
  return rows.map((row) => cut(row.value!));
}

/** The priorities of the latest diagnosis that was agreed together. */
async function diagnosisLines(tx: Tx, dossierId: Id, language: 'fr' | 'en'): Promise<string[]> {
  const rows = await tx
    .selectFrom('diagnosis_item as item')
    .innerJoin('diagnosis', 'diagnosis.id', 'item.diagnosis_id')
    .select(['item.item', 'item.evidence', 'item.priority', 'diagnosis.round'])
    .where('diagnosis.dossier_id', '=', dossierId)
    .where('item.priority', 'is not', null)
    .orderBy('diagnosis.round', 'desc')
    .orderBy('item.priority')
    .limit(SOURCE_LINES_MAX_ROWS)
    .execute();
  const titles = new Map(gridOf('full', language).flatMap((one) => one.items.map((item) => [item.code, item.title])));
  return rows
    .filter((row) => row.round === rows[0]!.round)
    .map((row) =>
      cut([`${row.priority}. ${titles.get(row.item) ?? row.item}`, row.evidence].filter(Boolean).join(' : '))
    );
}

function cut(text: string): string {
  const line = text.replaceAll('\n', ' ');
  return line.length > SOURCE_LINE_MAX_CHARACTERS ? `${line.slice(0, SOURCE_LINE_MAX_CHARACTERS - 1)}…` : line;
}
