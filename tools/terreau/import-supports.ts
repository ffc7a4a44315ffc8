import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareSupportImport } from '../../packages/features/src/orientation/prepare-support-import.command.ts';
import { runSupportImport } from '../../packages/features/src/orientation/run-support-import.command.ts';
import { settleSupportImport } from '../../packages/features/src/orientation/settle-support-import.command.ts';
import { findSupportImport } from '../../packages/features/src/orientation/support-imports.query.ts';
import { findTerritory } from '../../packages/features/src/territories/find-territory.query.ts';
import { BadUse, type OperatorCommand } from './command.ts';
import { readNamedFile } from './files.ts';
import { refusalInWords, say, unknownTerritory } from './words.ts';

export const importSupportsCommand: OperatorCommand = {
  usage: 'import-supports FILE --territory SLUG [--source NAME] [--true-on YYYY-MM-DD] [--dry-run]',
  get summary() {
    return say(
      'Imports sheets of the catalogue (aids in JSON, CSV, XLSX, ODS); the report accounts for each row.',
      'Importe des fiches du catalogue (aides en JSON, CSV, XLSX, ODS) ; le rapport rend compte de chaque ligne.'
    );
  },
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
    if (positionals.length !== 1)
      throw new BadUse(say('Name one file to import.', 'Nommez un fichier à importer, et un seul.'));
    if (!values.territory) throw new BadUse(say('Say where: --territory SLUG.', 'Dites où : --territory SLUG.'));
    const trueOn = values['true-on'] ?? null;
    if (trueOn !== null && (!/^\d{4}-\d{2}-\d{2}$/.test(trueOn) || Number.isNaN(Date.parse(trueOn))))
      throw new BadUse(say('A date is written YYYY-MM-DD.', 'Une date s’écrit AAAA-MM-JJ.'));
    const territory = await findTerritory(context, values.territory);
    if (!territory) throw new BadUse(unknownTerritory(values.territory));
    const [path = ''] = positionals;
    const bytes = await readNamedFile(path);
    if (typeof bytes === 'string') return unreadable(bytes);
    const prepared = await prepareSupportImport(context, {
      territoryId: territory.id,
      fileName: basename(path),
      bytes,
      source: values.source ?? null,
      trueOn
    });
    if (!prepared.ok) return unreadable(refusalInWords(prepared.code, prepared.details));
    const request = { territoryId: territory.id, importId: prepared.value };
    const isTrial = values['dry-run'] === true;
    const found = isTrial ? await findSupportImport(context, territory.id, prepared.value) : null;
    const run = isTrial ? null : await runSupportImport(context, request);
    if (isTrial) await settleSupportImport(context, { ...request, mapping: null });
    if (run && !run.ok) return unreadable(refusalInWords(run.code));
    const report = run?.ok ? run.value : found?.report;
    if (!report) return unreadable(refusalInWords('file-unreadable'));
    console.log(JSON.stringify(report, null, 2));
    const { rows, created, updated, unchanged, followed, rejected } = report;
    console.error(
      say(
        `${isTrial ? 'Trial, nothing was kept: ' : ''}${rows} rows = ${created} created + ${updated} updated + ` +
          `${unchanged} unchanged + ${followed} that follow the directory + ${rejected} rejected.`,
        `${isTrial ? 'Essai, rien n’est gardé : ' : ''}${rows} lignes = ${created} créées + ${updated} mises à jour + ` +
          `${unchanged} inchangées + ${followed} qui suivent l’annuaire + ${rejected} refusées.`
      )
    );
    return 0;
  }
};

function unreadable(reason: string): number {
  console.error(say(`The file cannot be imported: ${reason}`, `Le fichier ne peut pas être importé : ${reason}`));
  return 1;
}
