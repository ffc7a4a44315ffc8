import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { sql } from 'kysely';
import type { DeadlineKind } from '../funding/deadlines.rules.ts';
import type { FundingState } from '../funding/funding-life.rules.ts';
import { gridOf } from './diagnosis-grid.rules.ts';
import type { JourneySource, SourceLine } from './journey.rules.ts';

/* What a step takes from other pages of the dossier; one small function for each. */

/** A deliverable has two pages: what is longer is read where it stands. */
const LINES_MAX_ROWS = 12;
/** Of one line, in characters. */
const LINE_MAX_CHARACTERS = 200;

/** The lines of each source; empty where nothing was typed yet, or where the reader may not read it. */
export async function sourceLines(
  tx: Tx,
  dossierId: Id,
  language: 'fr' | 'en'
): Promise<Map<JourneySource, readonly SourceLine[]>> {
  return new Map<JourneySource, readonly SourceLine[]>([
    ['meetings', await meetingLines(tx, dossierId)],
    ['budget', await budgetLines(tx, dossierId)],
    ['deadlines', await deadlineLines(tx, dossierId)],
    ['diagnosis', await diagnosisLines(tx, dossierId, language)],
    ['plan', await planLines(tx, dossierId)]
  ]);
}

/** What meetings with close actors left behind. */
async function meetingLines(tx: Tx, dossierId: Id): Promise<SourceLine[]> {
  const rows = await tx
    .selectFrom('dossier_fact')
    .distinctOn('key')
    .select('value')
    .where('dossier_id', '=', dossierId)
    .where('key', 'like', 'meeting.%')
    .where('value', 'is not', null)
    .orderBy('key')
    .orderBy('id', 'desc')
    .limit(LINES_MAX_ROWS)
    .execute();
  return rows.map((row) => ({ kind: 'text', text: cut(row.value!) }));
}

/** The newest budget of the project: what it costs, what it brings, and what each funder answered. */
async function budgetLines(tx: Tx, dossierId: Id): Promise<SourceLine[]> {
  const budget = await tx
    .selectFrom('budget')
    .select('id')
    .where('dossier_id', '=', dossierId)
    .where('about', '=', 'project')
    .where('size', '=', 'whole')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!budget) return [];
  const { rows } = await sql<{ account: string; label: string; cents: number; state: string | null }>`
    select line.account, line.label, line.cents,
      (select step.state from funding_step step where step.dossier_id = line.dossier_id and step.line_key = line.key
        order by step.id desc limit 1) as state
    from budget_line line where line.budget_id = ${budget.id} and line.account ~ '^[67]'
    order by line.position, line.id`.execute(tx);
  const of = (digit: string) => rows.filter((row) => row.account.startsWith(digit));
  const sum = (lines: typeof rows) => lines.reduce((total, line) => total + line.cents, 0);
  return [
    { kind: 'total', of: 'costs', cents: sum(of('6')) },
    { kind: 'total', of: 'income', cents: sum(of('7')) },
    ...of('7')
      .slice(0, LINES_MAX_ROWS - 2)
      .map(({ label, cents, state }): SourceLine => ({
        kind: 'income',
        text: cut(label),
        cents,
        state: (state ?? 'envisaged') as FundingState
      }))
  ];
}

/** What is still due to funders and to the law, the nearest date first. */
async function deadlineLines(tx: Tx, dossierId: Id): Promise<SourceLine[]> {
  const rows = await tx
    .selectFrom('dossier_deadline')
    .select(['kind', 'label', 'due_on'])
    .where('dossier_id', '=', dossierId)
    .where('done_at', 'is', null)
    .orderBy('due_on')
    .orderBy('id')
    .limit(LINES_MAX_ROWS)
    .execute();
  return rows.map((row) => ({
    kind: 'deadline',
    of: row.kind as DeadlineKind,
    text: row.label === null ? null : cut(row.label),
    dueOn: row.due_on
  }));
}

/** The priorities of the latest diagnosis that was agreed together. */
async function diagnosisLines(tx: Tx, dossierId: Id, language: 'fr' | 'en'): Promise<SourceLine[]> {
  const rows = await tx
    .selectFrom('diagnosis_item as item')
    .innerJoin('diagnosis', 'diagnosis.id', 'item.diagnosis_id')
    .select(['item.item', 'item.evidence', 'diagnosis.round'])
    .where('diagnosis.dossier_id', '=', dossierId)
    .where('item.priority', 'is not', null)
    .orderBy('diagnosis.round', 'desc')
    .orderBy('item.priority')
    .limit(LINES_MAX_ROWS)
    .execute();
  const titles = new Map(gridOf('full', language).flatMap((one) => one.items.map((item) => [item.code, item.title])));
  return rows
    .filter((row) => row.round === rows[0]!.round)
    .map((row) => ({
      kind: 'text',
      text: cut([titles.get(row.item) ?? row.item, row.evidence].filter(Boolean).join(' — '))
    }));
}

/** The actions of the plan that go on, the nearest date first. */
async function planLines(tx: Tx, dossierId: Id): Promise<SourceLine[]> {
  const rows = await tx
    .selectFrom('plan_action')
    .select(['what', 'due_on'])
    .where('dossier_id', '=', dossierId)
    .where('state', 'in', ['proposed', 'under-way', 'blocked'])
    .orderBy('due_on', (order) => order.asc().nullsLast())
    .orderBy('id')
    .limit(LINES_MAX_ROWS)
    .execute();
  return rows.map((row) => ({ kind: 'action', text: cut(row.what), dueOn: row.due_on }));
}

function cut(text: string): string {
  const line = text.replaceAll('\n', ' ');
  return line.length > LINE_MAX_CHARACTERS ? `${line.slice(0, LINE_MAX_CHARACTERS - 1)}…` : line;
}
