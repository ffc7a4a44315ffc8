import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareSupportImport } from '../../packages/features/src/orientation/prepare-support-import.command.ts';
import { runSupportImport } from '../../packages/features/src/orientation/run-support-import.command.ts';
import { settleSupportImport } from '../../packages/features/src/orientation/settle-support-import.command.ts';
import { findSupportImport } from '../../packages/features/src/orientation/support-imports.query.ts';
import { findTerritory } from '../../packages/features/src/territories/find-territory.query.ts';
import { BadUse, type OperatorCommand } from './command.ts';

export const importSupportsCommand: OperatorCommand = {
  usage: 'import-supports FILE --territory SLUG [--source NAME] [--true-on YYYY-MM-DD] [--dry-run]',
  summary: 'Imports sheets of the catalogue (aids in JSON, CSV, XLSX, ODS); the report accounts for each row.',
  async run(args, _platform, context) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        territory: { type: 'string' },
        source: { type: 'string' },
        'true-on': { type: 'string' },
        'dry-run': { type: 'boolean' }
      }
    });
    if (positionals.length !== 1) throw new BadUse('Name one file to import.');
    if (!values.territory) throw new BadUse('Say where: --territory SLUG.');
    const trueOn = values['true-on'] ?? null;
    if (trueOn !== null && (!/^\d{4}-\d{2}-\d{2}$/.test(trueOn) || Number.isNaN(Date.parse(trueOn))))
      throw new BadUse('A date is written YYYY-MM-DD.');
    const territory = await findTerritory(context, values.territory);
    if (!territory) throw new BadUse(`There is no territory "${values.territory}".`);
    // npm runs scripts from the repository's root; a relative path is meant from where the person stands.
    const path = resolve(process.env['INIT_CWD'] ?? '.', positionals[0]!);
    const bytes = await readFile(path).catch((error: Error) => error);
    if (bytes instanceof Error) return unreadable(bytes.message);
    const prepared = await prepareSupportImport(context, {
      territoryId: territory.id,
      fileName: basename(path),
      bytes,
      source: values.source ?? null,
      trueOn
    });
    if (!prepared.ok) return unreadable(`${prepared.code} ${JSON.stringify(prepared.details)}`);
    const request = { territoryId: territory.id, importId: prepared.value };
    const isTrial = values['dry-run'] === true;
    const found = isTrial ? await findSupportImport(context, territory.id, prepared.value) : null;
    const run = isTrial ? null : await runSupportImport(context, request);
    if (isTrial) await settleSupportImport(context, { ...request, mapping: null });
    if (run && !run.ok) return unreadable(run.code);
    const report = run?.ok ? run.value : found?.report;
    if (!report) return unreadable('file-unreadable');
    console.log(JSON.stringify(report, null, 2));
    console.error(
      `${isTrial ? 'Trial, nothing was kept: ' : ''}${report.rows} rows = ${report.created} created + ${report.updated} updated + ` +
        `${report.unchanged} unchanged + ${report.followed} that follow the directory + ${report.rejected} rejected.`
    );
    return 0;
  }
};

function unreadable(reason: string): number {
  console.error(`The file cannot be imported: ${reason}`);
  return 1;
}
