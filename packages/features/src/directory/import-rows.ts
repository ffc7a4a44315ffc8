import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Tx } from '@terreau/database/transaction';
import type { FilePart } from './import-file.ts';
import { combine, groupRows, type Group, type GroupRow, type IncomingRow } from './import-groups.rules.ts';
import { readIdentityBook } from './import-known.ts';
import { ReportBuilder, type ImportReport, type ReportedRow, type RowOutcome } from './import-report.rules.ts';
import { updateGroups, type GroupEffect } from './import-update.ts';
import {
  insertGroups,
  insertSources,
  WRITTEN_TOGETHER_MAX_COUNT,
  type ImportWriting,
  type ReadGroup
} from './import-write.ts';

/** Called between two batches, with the rows done so far. Answers whether to go on. */
export type Checkpoint = (rowsDone: number) => Promise<boolean>;

/** Rows whose file says by its nature what they are. */
const LEGAL_FORM_OF_PRESET: Readonly<Partial<Record<string, string>>> = {
  'city-associations': 'association',
  'rna-waldec': 'association'
};

/**
 * Writes every row of the file that can be, in the caller's transaction, and accounts for each.
 * Null when the checkpoint said to stop: the caller then rolls back.
 */
export async function importRows(
  tx: Tx,
  writing: ImportWriting,
  parts: readonly FilePart[],
  checkpoint: Checkpoint
): Promise<ImportReport | null> {
  const report = new ReportBuilder();
  const incoming = parts.flatMap((part) => incomingRows(part, report));
  const book = await readIdentityBook(tx, writing.territoryId);
  const { groups, orphans } = groupRows(incoming, book, writing.source);
  for (const orphan of orphans) report.reject(orphan.reported, 'organization-missing', 'organization');
  // Existing sheets first, so that a new one never takes a name that an older one holds.
  groups.sort((a, b) => Number(a.isNew) - Number(b.isNew));
  let done = 0;
  for (let from = 0; from < groups.length; from += WRITTEN_TOGETHER_MAX_COUNT) {
    const batch = groups
      .slice(from, from + WRITTEN_TOGETHER_MAX_COUNT)
      .map((group) => ({ group, combined: combine(group, writing.source) }));
    await writeBatch(tx, writing, batch, report);
    done += batch.reduce((sum, { group }) => sum + group.rows.length, 0);
    await nextTurn();
    if (!(await checkpoint(done))) return null;
  }
  return report.finish();
}

async function writeBatch(
  tx: Tx,
  writing: ImportWriting,
  batch: readonly ReadGroup[],
  report: ReportBuilder
): Promise<void> {
  const fresh = batch.filter(({ group }) => group.isNew);
  const known = batch.filter(({ group }) => !group.isNew);
  await insertGroups(tx, writing, fresh);
  const effects = await updateGroups(tx, writing, known);
  await insertSources(
    tx,
    writing,
    batch.map(({ group }) => group)
  );
  for (const { group, combined } of batch) {
    accountFor(group, effects.get(group.id) ?? null, report);
    for (const { row, field, reason } of combined.dropped) report.warn(row.reported, field, reason);
  }
}

function accountFor(group: Group, effect: GroupEffect | null, report: ReportBuilder): void {
  group.rows.forEach((row, index) => {
    report.keep(row.reported, effect ? outcomeInKnown(row, effect) : outcomeInNew(row, index));
  });
  const [first] = group.rows;
  if (first && effect && effect.leftAlone.size > 0) {
    report.leaveAlone({ row: first.reported.row, organizationId: group.id, fields: [...effect.leftAlone].sort() });
  }
}

function outcomeInNew(row: GroupRow, index: number): RowOutcome {
  if (row.record.organization.kind === 'reference') return 'created';
  return index === 0 ? 'created' : 'merged';
}

function outcomeInKnown(row: GroupRow, effect: GroupEffect): RowOutcome {
  const brought = effect.brought.get(row);
  if (row.record.organization.kind === 'reference')
    return brought ?? (effect.leftAlone.size > 0 ? 'protected' : 'unchanged');
  if (row.by !== 'source' && row.by !== 'id') return 'merged';
  if (effect.changed) return 'updated';
  return effect.leftAlone.size > 0 ? 'protected' : 'unchanged';
}

function incomingRows(part: FilePart, report: ReportBuilder): IncomingRow[] {
  const trusted = part.preset.isOwn === true;
  const legalForm = LEGAL_FORM_OF_PRESET[part.preset.name];
  return part.rows.flatMap((row): IncomingRow[] => {
    const reported: ReportedRow = {
      sheet: part.sheet,
      row: row.row,
      problems: row.problems,
      isLocated: row.record?.places.some((place) => place.latitude !== null) ?? false
    };
    if (!row.record) {
      report.reject(reported);
      return [];
    }
    const { organization } = row.record;
    const known = legalForm && organization.kind === 'organization' && organization.legalForm === null;
    const record = known ? { ...row.record, organization: { ...organization, legalForm } } : row.record;
    return [{ reported, record, trusted }];
  });
}
