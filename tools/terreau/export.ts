import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { exportDirectory } from '../../packages/features/src/directory/export-directory.query.ts';
import {
  EXPORT_FORMATS,
  isExportFormat,
  writeExport
} from '../../packages/features/src/directory/export-file.rules.ts';
import { findTerritory } from '../../packages/features/src/territories/find-territory.query.ts';
import { BadUse, type OperatorCommand } from './command.ts';
import { fromCaller } from './files.ts';
import { say, unknownTerritory } from './words.ts';

export const exportCommand: OperatorCommand = {
  usage: `export --territory SLUG --format ${EXPORT_FORMATS.join('|')} --output FILE`,
  get summary() {
    return say(
      'Writes the published directory of a territory; CSV, XLSX and JSON can be imported again without loss.',
      'Écrit l’annuaire publié d’un territoire ; CSV, XLSX et JSON se réimportent sans perte.'
    );
  },
  async run(args, _platform, context) {
    const { values } = parseArgs({
      args: [...args],
      options: { territory: { type: 'string' }, format: { type: 'string' }, output: { type: 'string' } }
    });
    const format = values.format ?? null;
    if (!values.territory)
      throw new BadUse(say('Say which territory: --territory SLUG.', 'Dites quel territoire : --territory SLUG.'));
    if (!isExportFormat(format))
      throw new BadUse(say('Choose a format: ', 'Choisissez un format : ') + EXPORT_FORMATS.join(', '));
    if (!values.output)
      throw new BadUse(say('Say where to write: --output FILE.', 'Dites où écrire : --output FICHIER.'));
    const territory = await findTerritory(context, values.territory);
    if (!territory) throw new BadUse(unknownTerritory(values.territory));
    const data = await exportDirectory(context, { territory });
    const file = await writeExport(format, data);
    const path = fromCaller(values.output);
    const failed = await writeFile(path, file.bytes).then(
      () => null,
      (error: Error) => error
    );
    if (failed) {
      console.error(`${say(`${path} cannot be written:`, `${path} ne peut pas être écrit :`)} ${failed.message}`);
      return 1;
    }
    console.log(
      say(`${data.records.length} organisations in ${path}`, `${data.records.length} structures dans ${path}`)
    );
    for (const { of, field, count } of file.left)
      console.error(
        say(
          `Left out, ${format} has no place for it: ${of}.${field} (${count})`,
          `Laissé de côté, ${format} n’a pas de place pour cela : ${of}.${field} (${count})`
        )
      );
    return 0;
  }
};
