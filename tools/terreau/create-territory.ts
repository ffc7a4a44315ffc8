import { parseArgs } from 'node:util';
import {
  createTerritory,
  type TerritoryRefusal
} from '../../packages/features/src/territories/create-territory.command.ts';
import { BadUse, type OperatorCommand } from './command.ts';

const SENTENCES: Record<TerritoryRefusal, string> = {
  'not-found': 'Only the operator opens territories here.',
  'name-missing': 'Give the territory a name: --name "Montpellier".',
  'name-too-long': 'The name is longer than 120 characters.',
  'slug-invalid':
    'The address must be made of lower-case words joined by hyphens, and not be a word of the platform: --slug ma-ville.',
  'slug-taken': 'Another territory has this address: choose one with --slug.',
  'area-missing': 'Say what it is made of: --communes 34172,34057, --epci 243400017 or --departement 34.',
  'area-unknown': 'The official geography does not know this code',
  'time-zone-unknown': 'This time zone does not exist: give an IANA name, such as America/Guadeloupe.',
  'language-unknown': 'Languages are codes such as fr,en.'
};

export const createTerritoryCommand: OperatorCommand = {
  usage:
    'create-territory --name NAME (--communes CODES | --epci CODES | --departement CODES) [--slug SLUG] [--time-zone ZONE] [--languages fr,en]',
  summary: 'Opens a territory on communes, EPCI or départements of the official geography (codes separated by commas).',
  async run(args, platform, context) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        name: { type: 'string' },
        slug: { type: 'string' },
        communes: { type: 'string', multiple: true },
        epci: { type: 'string', multiple: true },
        departement: { type: 'string', multiple: true },
        'time-zone': { type: 'string' },
        languages: { type: 'string' },
        description: { type: 'string' }
      }
    });
    if (!values.name) throw new BadUse(SENTENCES['name-missing']);
    const verdict = await createTerritory(context, {
      name: values.name,
      slug: values.slug,
      description: values.description,
      communes: codes(values.communes),
      epcis: codes(values.epci),
      departements: codes(values.departement),
      timeZone: values['time-zone'],
      ...(values.languages ? { languages: codes([values.languages]) } : {})
    });
    if (!verdict.ok) {
      const code = verdict.details['code'];
      console.error(code === undefined ? SENTENCES[verdict.code] : `${SENTENCES[verdict.code]}: ${code}.`);
      return 1;
    }
    const { slug, communes, population } = verdict.value;
    const inhabitants = population === null ? 'inhabitants not all known' : `${population} inhabitants`;
    console.log(`${values.name}: ${communes} commune(s), ${inhabitants}. Open at ${platform.settings.origin}/${slug}`);
    return 0;
  }
};

function codes(lists: readonly string[] | undefined): string[] {
  return (lists ?? [])
    .flatMap((list) => list.split(','))
    .map((code) => code.trim())
    .filter(Boolean);
}
