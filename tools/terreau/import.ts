import { readFile, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cancelImport } from '../../packages/features/src/directory/cancel-import.command.ts';
import { findDuplicates } from '../../packages/features/src/directory/find-duplicates.command.ts';
import type { ImportReport } from '../../packages/features/src/directory/import-report.rules.ts';
import { prepareImport } from '../../packages/features/src/directory/prepare-import.command.ts';
import { runImport } from '../../packages/features/src/directory/run-import.command.ts';
import { sheetsOfImport } from '../../packages/features/src/directory/sheets-of-import.query.ts';
import { findTerritory } from '../../packages/features/src/territories/find-territory.query.ts';
import { readMapping, type ColumnMapping } from '../../packages/formats/src/fields.ts';
import { PRESETS } from '../../packages/formats/src/presets/all.ts';
import { BadUse, type OperatorCommand } from './command.ts';

export const importCommand: OperatorCommand = {
  usage:
    'import FILE --territory SLUG [--preset NAME] [--mapping FILE.json] [--source NAME] [--dry-run] [--report FILE.json]',
  summary: 'Imports a file of organisations (CSV, XLSX, ODS, JSON, GeoJSON); the report accounts for each row.',
  async run(args, _platform, context) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        territory: { type: 'string' },
        preset: { type: 'string' },
        mapping: { type: 'string' },
        source: { type: 'string' },
        'dry-run': { type: 'boolean' },
        report: { type: 'string' }
      }
    });
    if (positionals.length !== 1) throw new BadUse('Name one file to import.');
    if (!values.territory) throw new BadUse('Say where: --territory SLUG.');
    if (values.preset && !PRESETS.some((preset) => preset.name === values.preset))
      throw new BadUse(`Unknown preset: choose among ${PRESETS.map((preset) => preset.name).join(', ')}.`);
    const mapping = values.mapping ? await readMappingFile(values.mapping) : null;
    const territory = await findTerritory(context, values.territory);
    if (!territory) throw new BadUse(`There is no territory "${values.territory}".`);
    const bytes = await readFile(fromCaller(positionals[0]!)).catch((error: Error) => error);
    if (bytes instanceof Error) return unreadable(bytes.message);
    const prepared = await prepareImport(context, {
      territoryId: territory.id,
      fileName: basename(positionals[0]!),
      bytes,
      preset: values.preset ?? null,
      mapping,
      source: values.source ?? null
    });
    if (!prepared.ok) return unreadable(`${prepared.code} ${JSON.stringify(prepared.details)}`);
    const isTrial = values['dry-run'] === true;
    const run = await runImport(context, { territoryId: territory.id, runId: prepared.value.runId, isTrial });
    if (!run.ok) return unreadable(`${run.code} ${JSON.stringify(run.details)}`);
    if (isTrial) await cancelImport(context, { territoryId: territory.id, runId: prepared.value.runId });
    else
      await findDuplicates(context, territory.id, {
        among: await sheetsOfImport(context, territory.id, prepared.value.runId)
      });
    await say(run.value, values.report, isTrial);
    return 0;
  }
};

async function readMappingFile(path: string): Promise<ColumnMapping> {
  const text = await readFile(fromCaller(path), 'utf8').catch(() => null);
  if (text === null) throw new BadUse(`The mapping ${path} cannot be opened.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadUse(`The mapping ${path} is not JSON.`);
  }
  const mapping = readMapping(value);
  if (!mapping) throw new BadUse('A mapping looks like {"columns": {"name": ["Nom"], "postcode": ["CP"]}}.');
  return mapping;
}

async function say(report: ImportReport, file: string | undefined, isTrial: boolean): Promise<void> {
  if (file) await writeFile(fromCaller(file), `${JSON.stringify(report, null, 2)}\n`);
  else console.log(JSON.stringify(report, null, 2));
  const { rows, created, updated, unchanged, merged, protected: held, rejected, located } = report;
  console.error(
    `${isTrial ? 'Trial, nothing was kept: ' : ''}${rows} rows = ${created} created + ${updated} updated + ${unchanged} unchanged + ` +
      `${merged} merged + ${held} protected + ${rejected.length} rejected; ${located} located.`
  );
}

function unreadable(reason: string): number {
  console.error(`The file cannot be imported: ${reason}`);
  return 1;
}

/** npm runs scripts from the repository's root; a relative path is meant from where the person stands. */
function fromCaller(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? '.', path);
}
