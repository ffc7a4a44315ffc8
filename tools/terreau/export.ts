import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { exportDirectory } from '../../packages/features/src/directory/export-directory.query.ts';
import {
  EXPORT_FORMATS,
  isExportFormat,
  writeExport
} from '../../packages/features/src/directory/export-file.rules.ts';
import { findTerritory } from '../../packages/features/src/territories/find-territory.query.ts';
import { BadUse, type OperatorCommand } from './command.ts';

export const exportCommand: OperatorCommand = {
  usage: `export --territory SLUG --format ${EXPORT_FORMATS.join('|')} --output FILE`,
  summary: 'Writes the published directory of a territory; CSV, XLSX and JSON can be imported again without loss.',
  async run(args, _platform, context) {
    const { values } = parseArgs({
      args: [...args],
      options: { territory: { type: 'string' }, format: { type: 'string' }, output: { type: 'string' } }
    });
    const format = values.format ?? null;
    if (!values.territory) throw new BadUse('Say which territory: --territory SLUG.');
    if (!isExportFormat(format)) throw new BadUse(`Choose a format: ${EXPORT_FORMATS.join(', ')}.`);
    if (!values.output) throw new BadUse('Say where to write: --output FILE.');
    const territory = await findTerritory(context, values.territory);
    if (!territory) throw new BadUse(`There is no territory "${values.territory}".`);
    const data = await exportDirectory(context, { territory });
    const file = await writeExport(format, data);
    const path = resolve(process.env['INIT_CWD'] ?? '.', values.output);
    const failed = await writeFile(path, file.bytes).then(
      () => null,
      (error: Error) => error
    );
    if (failed) {
      console.error(`${path} cannot be written: ${failed.message}`);
      return 1;
    }
    console.log(`${data.records.length} organisations in ${path}`);
    for (const { of, field, count } of file.left)
      console.error(`Left out, ${format} has no place for it: ${of}.${field} (${count})`);
    return 0;
  }
};
