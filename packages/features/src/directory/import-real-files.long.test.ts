import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { operatorContext, testDatabase } from '@terreau/database/testing';
import { transaction } from '@terreau/database/transaction';
import { accept } from '@terreau/kernel/verdict';
import { expect, test } from 'vitest';
import { changedNothing, type ImportReport } from './import-report.rules.ts';
import { prepareImport } from './prepare-import.command.ts';
import { runImport } from './run-import.command.ts';

/** Real open data, read in place beside the repository; without it these tests say that they are skipped. */
const DATA = new URL('../../../../../shared/data/', import.meta.url);
const hasData = existsSync(new URL('SOURCES.md', DATA));
if (!hasData) console.warn('Skipped: imports of the real files, because ../shared/data is not beside the repository.');

const engine = await testDatabase();

async function aTerritory(slug: string): Promise<string> {
  const made = await transaction(operatorContext(engine), 'create-territory', async (tx) =>
    accept(await tx.insertInto('territory').values({ slug, name: slug }).returning('id').executeTakeFirstOrThrow())
  );
  if (!made.ok) throw new Error('refused');
  return made.value.id;
}

async function importFile(territoryId: string, path: string): Promise<ImportReport> {
  const ctx = operatorContext(engine);
  const bytes = await readFile(new URL(path, DATA));
  const prepared = await prepareImport(ctx, { territoryId, fileName: path.split('/').at(-1)!, bytes });
  if (!prepared.ok) throw new Error(prepared.code);
  const report = await runImport(ctx, { territoryId, runId: prepared.value.runId });
  if (!report.ok) throw new Error(report.code);
  return report.value;
}

function accountedFor(report: ImportReport): number {
  return report.created + report.updated + report.unchanged + report.merged + report.protected + report.rejected.length;
}

const FILES = [
  { path: 'montpellier/associations_2011_sans_contacts.csv', rows: 2452, located: 2252 },
  { path: 'services/mednum_charente_20230711.json', rows: 188, located: 188 },
  { path: 'services/france_services_2020.geojson', rows: 908, located: 908 },
  { path: 'services/conseillers_numeriques_structures_20230405.csv', rows: 2889, located: 0 },
  { path: 'montpellier/VilleMTP_MTP_EtabliPublic.geojson', rows: 1024, located: 1024 },
  { path: 'data-inclusion/dataset.xlsx', rows: 7, located: 0 }
];

for (const [index, { path, rows, located }] of FILES.entries()) {
  test.skipIf(!hasData)(
    `${path}: every row is accounted for, and importing it again changes nothing`,
    { timeout: 120_000 },
    async () => {
      const territoryId = await aTerritory(`file-${index}`);
      const started = performance.now();
      const first = await importFile(territoryId, path);
      const seconds = (performance.now() - started) / 1000;
      const again = performance.now();
      const second = await importFile(territoryId, path);
      console.info(
        JSON.stringify({
          path,
          seconds: Number(seconds.toFixed(2)),
          againSeconds: Number(((performance.now() - again) / 1000).toFixed(2)),
          first: figures(first),
          second: figures(second)
        })
      );
      expect(first.rows).toBe(rows);
      expect(first.located).toBe(located);
      expect(accountedFor(first)).toBe(rows);
      expect(accountedFor(second)).toBe(rows);
      expect(changedNothing(second), JSON.stringify(figures(second))).toBe(true);
      expect(second.rejected).toEqual(first.rejected);
    }
  );
}

function figures({
  rows,
  created,
  updated,
  unchanged,
  merged,
  protected: held,
  rejected,
  located,
  reasons
}: ImportReport) {
  return { rows, created, updated, unchanged, merged, protected: held, rejected: rejected.length, located, reasons };
}
