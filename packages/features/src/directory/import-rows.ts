import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { FilePart } from './import-file.ts';
import { combine, groupRows, type Group, type GroupRow, type IncomingRow } from './import-groups.rules.ts';
import type { IdentityBook } from './import-reconcile.rules.ts';
import { ReportBuilder, type ReportedRow, type RowOutcome } from './import-report.rules.ts';
import { updateGroups, type GroupEffect } from './import-update.ts';
import { insertGroups, insertSources, type ImportWriting } from './import-write.ts';
import { rememberWritten } from './import-written.ts';

/** Rows whose file says by its nature what they are. */
const LEGAL_FORM_OF_PRESET: Readonly<Partial<Record<string, string>>> = {
  'city-associations': 'association',
  'rna-waldec': 'association'
};

/** The organisations of a file, each with its rows, and the report begun with the rows that cannot be read. */
export interface ImportPlan {
  readonly groups: readonly Group[];
  readonly report: ReportBuilder;
}

/** Tells which rows speak of which organisation; `pause` is awaited now and then. Adds the new ones to `book`. */
export async function planImport(
  book: IdentityBook,
  source: string,
  parts: readonly FilePart[],
  pause: () => Promise<unknown>
): Promise<ImportPlan> {
  const report = new ReportBuilder();
  const incoming = parts.flatMap((part) => incomingRows(part, report));
  const { groups, orphans } = await groupRows(incoming, book, source, pause);
  for (const orphan of orphans) report.reject(orphan.reported, 'organization-missing', 'organization');
  // Existing sheets first, so that a new one never takes a name that an older one holds.
  groups.sort((a, b) => Number(a.isNew) - Number(b.isNew));
  return { groups, report };
}

/** Organisations written by one commit: about a tenth of a second on the embedded database. */
const BATCH_MAX_COUNT = 25;

/** The plan's groups, cut into the batches that are committed one by one. */
export function* batchesOf({ groups }: ImportPlan): Generator<readonly Group[]> {
  for (let from = 0; from < groups.length; from += BATCH_MAX_COUNT) yield groups.slice(from, from + BATCH_MAX_COUNT);
}

/** Writes some of a plan's groups and accounts for their rows. Answers how many rows they hold. */
export async function writeGroups(
  tx: Tx,
  writing: ImportWriting,
  planned: readonly Group[],
  report: ReportBuilder
): Promise<number> {
  const groups = await asTheyStand(tx, planned);
  const batch = groups.map((group) => ({ group, combined: combine(group, writing.source) }));
  const fresh = batch.filter(({ group }) => group.isNew);
  const known = batch.filter(({ group }) => !group.isNew);
  await insertGroups(tx, writing, fresh);
  const effects = await updateGroups(tx, writing, known);
  const sources = await insertSources(tx, writing, groups);
  await rememberWritten(tx, writing.runId, batch, effects, sources);
  for (const { group, combined } of batch) {
    accountFor(group, effects.get(group.id) ?? null, report);
    for (const { row, field, reason } of combined.dropped) report.warn(row.reported, field, reason);
  }
  return groups.reduce((sum, group) => sum + group.rows.length, 0);
}

/** Since the plan was made, somebody may have merged a sheet, or erased it: its rows follow it, or make it anew. */
async function asTheyStand(tx: Tx, planned: readonly Group[]): Promise<Group[]> {
  const bearers = await readBearers(
    tx,
    planned.filter((group) => !group.isNew).map(({ id }) => id)
  );
  const groups = new Map<Id, Group>();
  for (const group of planned) {
    const bearer = group.isNew ? group.id : bearers.get(group.id);
    const id = bearer ?? group.id;
    const same = groups.get(id);
    if (same) same.rows.push(...group.rows);
    else groups.set(id, { id, isNew: bearer === undefined || group.isNew, rows: [...group.rows] });
  }
  return [...groups.values()];
}

/** The sheet that answers for each of `ids`; a sheet that is gone is absent. */
async function readBearers(tx: Tx, ids: readonly Id[]): Promise<Map<Id, Id>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.selectFrom('organization').select(['id', 'merged_into']).where('id', 'in', ids).execute();
  const further = await readBearers(
    tx,
    rows.flatMap((row) => row.merged_into ?? [])
  );
  return new Map(rows.map((row) => [row.id, row.merged_into ? (further.get(row.merged_into) ?? row.id) : row.id]));
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
