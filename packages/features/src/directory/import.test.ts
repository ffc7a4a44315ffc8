import { contextFor, onServer, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction, type Tx } from '@terreau/database/transaction';
import { newId } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { cancelImport } from './cancel-import.command.ts';
import { correctImport } from './correct-import.command.ts';
import { applyFields } from './field-history.ts';
import { findImportRun, listImportRuns } from './import-runs.query.ts';
import { progressOf } from './import-progress.ts';
import type { ImportReport } from './import-report.rules.ts';
import { prepareImport } from './prepare-import.command.ts';
import { runImport } from './run-import.command.ts';
import { saveImportMapping } from './save-import-mapping.command.ts';

const engine = await testDatabase();
const ctx = () => operatorContext(engine);

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

async function prepared(territoryId: string, csv: string, source = 'essai', fileName = 'essai.csv'): Promise<string> {
  const verdict = await prepareImport(ctx(), { territoryId, fileName, bytes: new TextEncoder().encode(csv), source });
  if (!verdict.ok) throw new Error(verdict.code);
  return verdict.value.runId;
}

async function imported(territoryId: string, csv: string, source = 'essai'): Promise<ImportReport> {
  const verdict = await runImport(ctx(), { territoryId, runId: await prepared(territoryId, csv, source) });
  if (!verdict.ok) throw new Error(verdict.code);
  return verdict.value;
}

async function sheets(territoryId: string) {
  return reading(ctx(), (tx) =>
    tx.selectFrom('organization').selectAll().where('territory_id', '=', territoryId).orderBy('name').execute()
  );
}

const HEADER = 'Nom;SIRET;Téléphone;Courriel;Adresse;Code postal;Domaine\n';
const TISSERANDS =
  'Atelier des Tisserands;21340172201787;0467000001;contact@tisserands.example;3 rue du Moulin;34000;Textile\n';

test('a new file makes published sheets that say where they come from and that nobody has confirmed', async () => {
  const territoryId = await aTerritory();
  expect(await imported(territoryId, HEADER + TISSERANDS)).toMatchObject({ rows: 1, created: 1 });
  expect(await sheets(territoryId)).toMatchObject([
    {
      name: 'Atelier des Tisserands',
      status: 'published',
      source: 'essai',
      confirmed_at: null,
      phone: '+33467000001',
      local_themes: ['Textile']
    }
  ]);
});

test('a bad row is left out with its column and its reason, and blocks no other', async () => {
  const territoryId = await aTerritory();
  const report = await imported(territoryId, `${HEADER};;;;;34000;Sans nom\n${TISSERANDS}Le Zinc;123;;;;;\n`);
  expect(report).toMatchObject({ rows: 3, created: 2, rejected: [{ row: 2, column: 'Nom', reason: 'name-missing' }] });
  expect(report.warnings).toMatchObject([{ row: 4, column: 'SIRET', reason: 'siret-wrong-length' }]);
});

test('what a person typed is left alone by a later import, which says so; the rest follows the file', async () => {
  const territoryId = await aTerritory();
  await imported(territoryId, HEADER + TISSERANDS);
  const [sheet] = await sheets(territoryId);
  await write((tx) =>
    applyFields(
      tx,
      { kind: 'organization', id: sheet!.id, organizationId: sheet!.id, territoryId },
      sheet!,
      { phone: '+33467999999' },
      { accountId: null, byHand: true, source: null, importRunId: null, now: new Date() }
    )
  );
  const again = await imported(territoryId, HEADER + TISSERANDS);
  expect(again).toMatchObject({
    rows: 1,
    protected: 1,
    updated: 0,
    leftAlone: [{ row: 2, organizationId: sheet!.id, fields: ['phone'] }]
  });
  const changed = await imported(territoryId, HEADER + TISSERANDS.replace('Textile', 'Couture'));
  expect(changed).toMatchObject({ updated: 1, leftAlone: [{ fields: ['phone'] }] });
  expect(await sheets(territoryId)).toMatchObject([{ phone: '+33467999999', local_themes: ['Couture'] }]);
});

test('a renamed sheet is still found when its file comes back', async () => {
  const territoryId = await aTerritory();
  await imported(territoryId, HEADER + TISSERANDS.replace('21340172201787', ''));
  await write((tx) =>
    tx.updateTable('organization').set({ name: 'Tissage Bellerive' }).where('territory_id', '=', territoryId).execute()
  );
  const again = await imported(territoryId, HEADER + TISSERANDS.replace('21340172201787', ''));
  expect(again.created).toBe(0);
  expect(await sheets(territoryId)).toHaveLength(1);
});

test('two rows of one structure make one sheet with two places, and the same again changes nothing', async () => {
  const territoryId = await aTerritory();
  const csv = `${HEADER}${TISSERANDS}Les Tisserands, site sud;21340172201787;;;9 rue du Four;34070;Couture\n`;
  expect(await imported(territoryId, csv)).toMatchObject({ created: 1, merged: 1 });
  const places = await reading(ctx(), (tx) =>
    tx
      .selectFrom('place')
      .select(['label', 'address'])
      .where('territory_id', '=', territoryId)
      .orderBy('position')
      .execute()
  );
  expect(places).toEqual([
    { label: null, address: '3 rue du Moulin' },
    { label: 'Les Tisserands, site sud', address: '9 rue du Four' }
  ]);
  expect(await imported(territoryId, csv)).toMatchObject({ created: 0, updated: 0, merged: 0, unchanged: 2 });
});

test('a position that a file rounds to the centimetre has not moved; one that went further has', async () => {
  const territoryId = await aTerritory();
  const at = (latitude: string) =>
    imported(
      territoryId,
      `Nom;Adresse;Code postal;Latitude;Longitude\nLe Zinc;3 rue du Moulin;34000;${latitude};3.8667848\n`
    );
  expect(await at('43.606595167612845')).toMatchObject({ created: 1, located: 1 });
  expect(await at('43.6065952')).toMatchObject({ unchanged: 1 });
  expect(await at('43.6066952')).toMatchObject({ updated: 1 });
});

test('two buildings that only a capital tells apart stay two sheets', async () => {
  const territoryId = await aTerritory();
  const report = await imported(
    territoryId,
    'Nom;Adresse;Code postal\nMaison A;1 rue du Moulin;34000\nMaison D;1 rue du Moulin;34000\n'
  );
  expect(report).toMatchObject({ created: 2, merged: 0 });
});

test('another producer’s file completes a sheet and overwrites nothing, whichever comes last', async () => {
  const territoryId = await aTerritory();
  await imported(territoryId, HEADER + TISSERANDS, 'ville');
  const other =
    'Nom;SIRET;Téléphone;Site web\nTISSERANDS (ATELIER);21340172201787;0467000002;https://tisserands.example\n';
  expect(await imported(territoryId, other, 'département')).toMatchObject({ created: 0, merged: 1 });
  expect(await sheets(territoryId)).toMatchObject([
    { name: 'Atelier des Tisserands', phone: '+33467000001', website: 'https://tisserands.example' }
  ]);
  expect(await imported(territoryId, HEADER + TISSERANDS, 'ville')).toMatchObject({ unchanged: 1 });
  expect(await imported(territoryId, other, 'département')).toMatchObject({ unchanged: 1 });
});

test('two files of one producer that number their rows otherwise do not undo each other', async () => {
  const territoryId = await aTerritory();
  const rows = (id: string, phone: string) => `Id;Nom;SIRET;Téléphone\n${id};Les Tisserands;21340172201787;${phone}\n`;
  await imported(territoryId, rows('a-1', '0467000001'), 'réseau');
  expect(await imported(territoryId, rows('77', '0467000002'), 'réseau')).toMatchObject({ merged: 1 });
  expect(await imported(territoryId, rows('a-1', '0467000001'), 'réseau')).toMatchObject({ unchanged: 1 });
  expect(await imported(territoryId, rows('77', '0467000002'), 'réseau')).toMatchObject({ unchanged: 1 });
});

test('an address that looks like a person’s is not published, an organisation’s is', async () => {
  const territoryId = await aTerritory();
  const report = await imported(
    territoryId,
    `${HEADER}Le Zinc;;;marie.exemple@gmail.com;;;\nAtelier du Pré;;;atelierdupre@gmail.com;;;\nLa Ruche;;;accueil@ville.example;;;\n`
  );
  expect((await sheets(territoryId)).map(({ email }) => email)).toEqual([
    'atelierdupre@gmail.com',
    'accueil@ville.example',
    null
  ]);
  expect(report.reasons).toMatchObject({ 'email-personal': 1 });
});

test('cancelling half-way leaves nothing', async () => {
  const territoryId = await aTerritory();
  const rows = Array.from(
    { length: 900 },
    (_, index) => `Structure numéro ${index};;;;${index} rue du Four;34000;Textile\n`
  );
  const runId = await prepared(territoryId, HEADER + rows.join(''));
  const run = runImport(ctx(), { territoryId, runId });
  while ((progressOf(runId)?.done ?? 0) === 0) await wait(2);
  const cancelled = await cancelImport(ctx(), { territoryId, runId });
  expect(cancelled.ok).toBe(true);
  expect(await run).toMatchObject({ ok: false, code: 'cancelled' });
  expect(await sheets(territoryId)).toEqual([]);
  expect(await findImportRun(ctx(), territoryId, runId)).toMatchObject({ state: 'cancelled', report: null });
});

test('a trial says what would happen and keeps nothing', async () => {
  const territoryId = await aTerritory();
  const runId = await prepared(territoryId, HEADER + TISSERANDS);
  expect(await runImport(ctx(), { territoryId, runId, isTrial: true })).toMatchObject({
    ok: true,
    value: { created: 1 }
  });
  expect(await sheets(territoryId)).toEqual([]);
  expect(await runImport(ctx(), { territoryId, runId })).toMatchObject({ ok: true, value: { created: 1 } });
  expect(await runImport(ctx(), { territoryId, runId })).toMatchObject({ ok: false, code: 'already-done' });
});

test('a run that says "running" cannot be started twice, unless its process is long gone', async () => {
  const territoryId = await aTerritory();
  const runId = await prepared(territoryId, HEADER + TISSERANDS);
  await write((tx) =>
    tx.updateTable('import_run').set({ state: 'running', started_at: new Date() }).where('id', '=', runId).execute()
  );
  expect(await runImport(ctx(), { territoryId, runId })).toMatchObject({ ok: false, code: 'already-running' });
  const later = { ...ctx(), now: new Date(Date.now() + 3_600_000) };
  expect(await findImportRun(later, territoryId, runId)).toMatchObject({ state: 'lost' });
  expect(await runImport(later, { territoryId, runId })).toMatchObject({ ok: true });
});

test('columns corrected by somebody are kept for the next file with the same headers', async () => {
  const territoryId = await aTerritory();
  const csv = 'Truc;Machin\nAtelier des Tisserands;0467000001\n';
  const runId = await prepared(territoryId, csv);
  const mapping = { columns: { name: ['Truc'], phone: ['Machin'] } };
  expect(await correctImport(ctx(), { territoryId, runId, preset: 'generic', mapping, source: 'essai' })).toMatchObject(
    { ok: true }
  );
  expect((await findImportRun(ctx(), territoryId, runId))!.analysis!.parts[0]!.preview).toMatchObject([
    { name: 'Atelier des Tisserands', contact: '+33467000001' }
  ]);
  expect(await saveImportMapping(ctx(), { territoryId, runId, name: 'Liste de la ville' })).toMatchObject({ ok: true });
  const next = await prepared(territoryId, csv);
  expect((await findImportRun(ctx(), territoryId, next))!.analysis!.parts[0]!.mapping).toEqual(mapping.columns);
});

test('only the territory’s coordination imports; for others there is nothing', async () => {
  const territoryId = await aTerritory();
  const elsewhere = await aTerritory();
  const actor = (role: 'coordinator' | 'facilitator', where: string) =>
    contextFor(engine, {
      accountId: null,
      grants: [{ role, territoryId: where, organizationId: null }],
      trust: 'verified',
      isOperator: false
    });
  const runId = await prepared(territoryId, HEADER + TISSERANDS);
  for (const stranger of [actor('facilitator', territoryId), actor('coordinator', elsewhere)]) {
    expect(await runImport(stranger, { territoryId, runId })).toMatchObject({ ok: false, code: 'not-found' });
    expect(await cancelImport(stranger, { territoryId, runId })).toMatchObject({ ok: false, code: 'not-found' });
    expect(await findImportRun(stranger, territoryId, runId)).toBeNull();
    expect(await listImportRuns(stranger, territoryId, null)).toBeNull();
  }
  expect(await findImportRun(actor('coordinator', territoryId), elsewhere, runId)).toBeNull();
  expect(await runImport(actor('coordinator', territoryId), { territoryId, runId })).toMatchObject({ ok: true });
});

test.skipIf(!onServer())('twenty people who confirm one import in the same second import it once', async () => {
  const territoryId = await aTerritory();
  const runId = await prepared(territoryId, HEADER + TISSERANDS);
  const answers = await Promise.all(Array.from({ length: 20 }, () => runImport(ctx(), { territoryId, runId })));
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect(await sheets(territoryId)).toHaveLength(1);
});
