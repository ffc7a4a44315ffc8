import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { cancelImport } from '../../packages/features/src/directory/cancel-import.command.ts';
import { findDuplicates } from '../../packages/features/src/directory/find-duplicates.command.ts';
import type { ImportAnalysis } from '../../packages/features/src/directory/import-analysis.rules.ts';
import type { ImportReport } from '../../packages/features/src/directory/import-report.rules.ts';
import { findImportRun } from '../../packages/features/src/directory/import-runs.query.ts';
import { prepareImport } from '../../packages/features/src/directory/prepare-import.command.ts';
import { runImport } from '../../packages/features/src/directory/run-import.command.ts';
import { sheetsOfImport } from '../../packages/features/src/directory/sheets-of-import.query.ts';
import { findTerritory } from '../../packages/features/src/territories/find-territory.query.ts';
import { PRESETS } from '../../packages/formats/src/presets/all.ts';
import { BadUse, type OperatorCommand } from './command.ts';
import { fromCaller, readNamedFile, whyNotWritable } from './files.ts';
import { readMappingFile } from './mapping-file.ts';
import { refusalInWords, say, toldInWords, unknownTerritory } from './words.ts';

export const importCommand: OperatorCommand = {
  usage:
    'import FILE --territory SLUG [--preset NAME] [--mapping FILE.json] [--source NAME] [--dry-run] [--report FILE.json]',
  get summary() {
    return say(
      'Imports a file of organisations (CSV, XLSX, ODS, JSON, GeoJSON); the report accounts for each row.',
      'Importe un fichier de structures (CSV, XLSX, ODS, JSON, GeoJSON) ; le rapport rend compte de chaque ligne.'
    );
  },
  async run(args, _platform, context) {
    const asked = await readArguments(args);
    const territory = await findTerritory(context, asked.territory);
    if (!territory) throw new BadUse(unknownTerritory(asked.territory));
    const bytes = await readNamedFile(asked.file);
    if (typeof bytes === 'string') return notImported(bytes);
    const { preset, mapping, source, isTrial } = asked;
    const fileName = basename(asked.file);
    const prepared = await prepareImport(context, {
      territoryId: territory.id,
      fileName,
      bytes,
      preset,
      mapping,
      source
    });
    if (!prepared.ok) return notImported(refusalInWords(prepared.code, prepared.details));
    const { runId } = prepared.value;
    const found = await findImportRun(context, territory.id, runId);
    if (found?.analysis) tellReading(found.analysis);
    const run = await runImport(context, { territoryId: territory.id, runId, isTrial });
    if (!run.ok) return notImported(refusalInWords(run.code, run.details));
    if (isTrial) await cancelImport(context, { territoryId: territory.id, runId });
    else await findDuplicates(context, territory.id, { among: await sheetsOfImport(context, territory.id, runId) });
    await tell(run.value, asked.report, isTrial);
    return 0;
  }
};

async function readArguments(args: readonly string[]) {
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
  const [file] = positionals;
  if (file === undefined || positionals.length > 1)
    throw new BadUse(say('Name one file to import.', 'Nommez un fichier à importer, et un seul.'));
  if (!values.territory) throw new BadUse(say('Say where: --territory SLUG.', 'Dites où : --territory SLUG.'));
  const names = PRESETS.map(({ name }) => name).join(', ');
  if (values.preset && !PRESETS.some(({ name }) => name === values.preset))
    throw new BadUse(
      say(`Unknown preset: choose among ${names}.`, `Type de fichier inconnu : choisissez parmi ${names}.`)
    );
  const unwritable = values.report ? await whyNotWritable(values.report) : null;
  if (unwritable) throw new BadUse(unwritable);
  return {
    file,
    territory: values.territory,
    preset: values.preset ?? null,
    mapping: values.mapping ? await readMappingFile(values.mapping) : null,
    source: values.source ?? null,
    isTrial: values['dry-run'] === true,
    report: values.report
  };
}

/** How each table was understood, so that nobody has to guess why rows were left out. */
function tellReading({ parts }: ImportAnalysis): void {
  for (const { sheet, preset, columns, mapping, unused, warnings } of parts) {
    const where = sheet === null ? '' : `${sheet} : `;
    console.error(where + say(`Read as ${preset}.`, `Lu comme ${preset}.`));
    for (const warning of warnings.slice(0, NOTES_MAX_COUNT)) console.error(where + toldInWords(warning));
    const absent = Object.values(mapping)
      .flat()
      .filter((column) => !columns.includes(column));
    if (absent.length > 0)
      console.error(
        where +
          say(
            `The file has no such columns: ${absent.join(', ')}.`,
            `Ces colonnes ne sont pas dans le fichier : ${absent.join(', ')}.`
          )
      );
    if (unused.length > 0 && preset === CHOSEN_BY_HAND)
      console.error(
        where +
          say(
            `Columns that nothing uses (--mapping chooses): ${unused.slice(0, NOTES_MAX_COUNT).join(', ')}.`,
            `Colonnes dont rien n’est pris (--mapping les choisit) : ${unused.slice(0, NOTES_MAX_COUNT).join(', ')}.`
          )
      );
  }
}

const NOTES_MAX_COUNT = 40;
/** The other presets read more than their mapping tells. */
const CHOSEN_BY_HAND = 'generic';

async function tell(report: ImportReport, file: string | undefined, isTrial: boolean): Promise<void> {
  const text = `${JSON.stringify(report, null, 2)}\n`;
  const failed = file
    ? await writeFile(fromCaller(file), text).then(
        () => null,
        (error: Error) => error
      )
    : null;
  // The import is done: its report is shown rather than lost.
  if (failed) console.error(`${file}: ${failed.message}`);
  if (!file || failed) process.stdout.write(text);
  const { rows, created, updated, unchanged, merged, protected: held, rejected, located } = report;
  console.error(
    say(
      `${isTrial ? 'Trial, nothing was kept: ' : ''}${rows} rows = ${created} created + ${updated} updated + ${unchanged} unchanged + ` +
        `${merged} merged + ${held} protected + ${rejected.length} rejected; ${located} located.`,
      `${isTrial ? 'Essai, rien n’est gardé : ' : ''}${rows} lignes = ${created} créées + ${updated} mises à jour + ${unchanged} inchangées + ` +
        `${merged} réunies + ${held} protégées + ${rejected.length} refusées ; ${located} placées sur la carte.`
    )
  );
}

function notImported(reason: string): number {
  console.error(say(`The file cannot be imported: ${reason}`, `Le fichier ne peut pas être importé : ${reason}`));
  return 1;
}
