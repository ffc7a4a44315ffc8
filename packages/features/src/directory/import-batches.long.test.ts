import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction, type Tx } from '@terreau/database/transaction';
import { newId } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { cancelImport } from './cancel-import.command.ts';
import { applyFields } from './field-history.ts';
import { progressOf } from './import-progress.ts';
import { findImportRun } from './import-runs.query.ts';
import { prepareImport } from './prepare-import.command.ts';
import { runImport } from './run-import.command.ts';
import { undoLostImports } from './undo-lost-imports.command.ts';

const engine = await testDatabase();
const ctx = () => operatorContext(engine);
const inAnHour = () => operatorContext(engine, new Date(Date.now() + 3_600_000));

const HEADER = 'Id;Nom;Téléphone;Adresse;Code postal;Domaine\n';
const ROWS_COUNT = 300;

/** Three hundred structures, all of one domain. */
function aFile(domain: string, from = 0): string {
  const rows = Array.from(
    { length: ROWS_COUNT },
    (_, index) => `s-${index + from};Structure numéro ${index + from};0467000001;${index} rue du Four;34000;${domain}\n`
  );
  return HEADER + rows.join('');
}

async function write<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value> {
  const verdict = await transaction(ctx(), 'prepare', async (tx) => accept(await work(tx)));
  if (!verdict.ok) throw new Error('refused');
  return verdict.value;
}

async function aTerritory(): Promise<string> {
  const slug = `t${newId().replaceAll('-', '').slice(-10)}`;
  return (
    await write((tx) =>
      tx.insertInto('territory').values({ slug, name: slug }).returning('id').executeTakeFirstOrThrow()
    )
  ).id;
}

async function prepared(territoryId: string, csv: string): Promise<string> {
  const bytes = new TextEncoder().encode(csv);
  const verdict = await prepareImport(ctx(), { territoryId, fileName: 'essai.csv', bytes, source: 'essai' });
  if (!verdict.ok) throw new Error(verdict.code);
  return verdict.value.runId;
}

async function imported(territoryId: string, csv: string) {
  return runImport(ctx(), { territoryId, runId: await prepared(territoryId, csv) });
}

function sheets(territoryId: string) {
  return reading(ctx(), (tx) =>
    tx
      .selectFrom('organization')
      .select(['id', 'name', 'phone', 'local_themes'])
      .where('territory_id', '=', territoryId)
      .orderBy('name')
      .execute()
  );
}

async function count(territoryId: string, table: 'place' | 'organization_source' | 'field_change') {
  const row = await reading(ctx(), (tx) =>
    tx
      .selectFrom(table)
      .select((select) => select.fn.countAll<string>().as('count'))
      .where('territory_id', '=', territoryId)
      .executeTakeFirstOrThrow()
  );
  return Number(row.count);
}

/** Starts the run, waits until it has written something, then takes it from its process as a kill would. */
async function killed(territoryId: string, runId: string): Promise<void> {
  const run = runImport(ctx(), { territoryId, runId });
  while ((progressOf(runId)?.done ?? 0) === 0) await wait(1);
  await write((tx) =>
    tx
      .updateTable('import_run')
      .set({ started_at: new Date(0), alive_at: new Date(0) })
      .where('id', '=', runId)
      .execute()
  );
  await run;
}

test('while a file is imported, pages are answered between two batches', async () => {
  const territoryId = await aTerritory();
  const runId = await prepared(territoryId, aFile('Textile'));
  const run = runImport(ctx(), { territoryId, runId });
  while ((progressOf(runId)?.done ?? 0) === 0) await wait(1);
  const seen = await sheets(territoryId);
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.length).toBeLessThan(ROWS_COUNT);
  expect(await run).toMatchObject({ ok: true, value: { created: ROWS_COUNT } });
});

test('a cancelled import puts every sheet back as it was, and keeps what somebody typed meanwhile', async () => {
  const territoryId = await aTerritory();
  await imported(territoryId, aFile('Textile'));
  const before = { sheets: await sheets(territoryId), places: await count(territoryId, 'place') };
  const runId = await prepared(territoryId, aFile('Couture').replaceAll('rue du Four', 'avenue du Pré'));
  const run = runImport(ctx(), { territoryId, runId });
  while ((progressOf(runId)?.done ?? 0) === 0) await wait(1);
  const changed = (await sheets(territoryId)).filter((sheet) => sheet.local_themes[0] === 'Couture');
  const [typed] = changed;
  await write((tx) =>
    applyFields(
      tx,
      { kind: 'organization', id: typed!.id, organizationId: typed!.id, territoryId },
      { local_themes: typed!.local_themes },
      { local_themes: ['Broderie'] },
      { accountId: null, byHand: true, source: null, importRunId: null, now: new Date() }
    )
  );
  await cancelImport(ctx(), { territoryId, runId });
  expect(await run).toMatchObject({ ok: false, code: 'cancelled' });
  const expected = before.sheets.map((sheet) =>
    sheet.id === typed!.id ? { ...sheet, local_themes: ['Broderie'] } : sheet
  );
  expect(await sheets(territoryId)).toEqual(expected);
  expect(await count(territoryId, 'place')).toBe(before.places);
  // What stays of the history is the import's word that somebody replaced, and theirs.
  expect(await count(territoryId, 'field_change')).toBe(2);
});

test('the coordination gives an import up, and its new sheets go with it', async () => {
  const territoryId = await aTerritory();
  const coordination = contextFor(engine, {
    accountId: null,
    grants: [{ role: 'coordinator', territoryId, organizationId: null }],
    trust: 'verified',
    isOperator: false
  });
  await imported(territoryId, aFile('Textile'));
  const before = await sheets(territoryId);
  const runId = await prepared(territoryId, aFile('Couture', ROWS_COUNT / 2));
  const run = runImport(coordination, { territoryId, runId });
  while ((progressOf(runId)?.done ?? 0) < ROWS_COUNT * 0.6) await wait(1);
  await cancelImport(coordination, { territoryId, runId });
  expect(await run).toMatchObject({ ok: false, code: 'cancelled' });
  expect(await sheets(territoryId)).toEqual(before);
});

test('an import whose process was killed starts again from nothing: no row is counted twice', async () => {
  const territoryId = await aTerritory();
  const runId = await prepared(territoryId, aFile('Textile'));
  await killed(territoryId, runId);
  expect((await sheets(territoryId)).length).toBeGreaterThan(0);
  expect(await findImportRun(ctx(), territoryId, runId)).toMatchObject({ state: 'lost', report: null });
  expect(await runImport(inAnHour(), { territoryId, runId })).toMatchObject({
    ok: true,
    value: { rows: ROWS_COUNT, created: ROWS_COUNT, updated: 0, unchanged: 0, merged: 0 }
  });
  expect(await sheets(territoryId)).toHaveLength(ROWS_COUNT);
  expect(await count(territoryId, 'organization_source')).toBe(ROWS_COUNT);
});

test('what a killed process left is taken back by itself, or by whoever gives the import up', async () => {
  const territoryId = await aTerritory();
  const first = await prepared(territoryId, aFile('Textile'));
  await killed(territoryId, first);
  expect(await undoLostImports(inAnHour())).toMatchObject({ ok: true });
  expect(await sheets(territoryId)).toEqual([]);
  expect(await findImportRun(ctx(), territoryId, first)).toMatchObject({ state: 'failed' });
  const second = await prepared(territoryId, aFile('Textile'));
  await killed(territoryId, second);
  expect(await cancelImport(inAnHour(), { territoryId, runId: second })).toMatchObject({ ok: true });
  expect(await sheets(territoryId)).toEqual([]);
  expect(await count(territoryId, 'organization_source')).toBe(0);
  expect(await findImportRun(ctx(), territoryId, second)).toMatchObject({ state: 'cancelled' });
});

test('a sheet merged while the file is imported receives its rows under the sheet that was kept', async () => {
  const territoryId = await aTerritory();
  await imported(territoryId, aFile('Textile'));
  const runId = await prepared(territoryId, aFile('Couture'));
  const run = runImport(ctx(), { territoryId, runId });
  while ((progressOf(runId)?.done ?? 0) === 0) await wait(1);
  const waiting = (await sheets(territoryId)).filter((sheet) => sheet.local_themes[0] === 'Textile');
  const [kept, absorbed] = waiting.slice(-2);
  await write((tx) =>
    tx
      .updateTable('organization')
      .set({ merged_into: kept!.id, status: 'merged' })
      .where('id', '=', absorbed!.id)
      .execute()
  );
  const report = await run;
  expect(report).toMatchObject({ ok: true, value: { rows: ROWS_COUNT, created: 0 } });
  const after = await sheets(territoryId);
  expect(after.find(({ id }) => id === kept!.id)!.local_themes).toEqual(['Couture']);
  expect(after.find(({ id }) => id === absorbed!.id)!.local_themes).toEqual(['Textile']);
});
