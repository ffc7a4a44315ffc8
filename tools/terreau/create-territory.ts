import { parseArgs } from 'node:util';
import {
  createTerritory,
  type TerritoryRefusal
} from '../../packages/features/src/territories/create-territory.command.ts';
import { BadUse, type OperatorCommand } from './command.ts';
import { say } from './words.ts';

const SENTENCES: Readonly<Record<TerritoryRefusal, readonly [english: string, french: string]>> = {
  'not-found': ['Only the operator opens territories here.', 'Seul l’exploitant ouvre des territoires ici.'],
  'name-missing': ['Give the territory a name: --name "Montpellier".', 'Donnez un nom : --name "Montpellier".'],
  'name-too-long': ['The name is longer than 120 characters.', 'Le nom dépasse 120 signes.'],
  'slug-invalid': [
    'The address must be made of lower-case words joined by hyphens, and not be a word of the platform: --slug ma-ville.',
    'L’adresse se compose de mots en minuscules joints par des tirets, et n’est pas un mot de la plateforme : --slug ma-ville.'
  ],
  'slug-taken': [
    'Another territory has this address: choose one with --slug.',
    'Un autre territoire a cette adresse : choisissez-en une avec --slug.'
  ],
  'area-missing': [
    'Say what it is made of: --communes 34172,34057, --epci 243400017 or --departement 34.',
    'Dites de quoi il se compose : --communes 34172,34057, --epci 243400017 ou --departement 34.'
  ],
  'area-unknown': ['The official geography does not know this code', 'Le découpage officiel ne connaît pas ce code'],
  'time-zone-unknown': [
    'This time zone does not exist: give an IANA name, such as America/Guadeloupe.',
    'Ce fuseau horaire n’existe pas : donnez un nom de l’IANA, comme America/Guadeloupe.'
  ],
  'language-unknown': ['Languages are codes such as fr,en.', 'Les langues sont des codes, comme fr,en.']
};

export const createTerritoryCommand: OperatorCommand = {
  usage:
    'create-territory --name NAME (--communes CODES | --epci CODES | --departement CODES) [--slug SLUG] [--time-zone ZONE] [--languages fr,en]',
  get summary() {
    return say(
      'Opens a territory on communes, EPCI or départements of the official geography (codes separated by commas).',
      'Ouvre un territoire sur des communes, des EPCI ou des départements du découpage officiel (codes séparés par des virgules).'
    );
  },
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
    if (!values.name) throw new BadUse(say(...SENTENCES['name-missing']));
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
      const sentence = say(...SENTENCES[verdict.code]);
      console.error(code === undefined ? sentence : `${sentence} : ${code}.`);
      return 1;
    }
    const { slug, communes, population } = verdict.value;
    const address = `${platform.settings.origin}/${slug}`;
    console.log(
      say(
        `${values.name}: ${communes} commune(s), ${population ?? 'not all known'} inhabitants. Open at ${address}`,
        `${values.name} : ${communes} commune(s), ${population ?? 'nombre inconnu'} habitants. Ouvert à l’adresse ${address}`
      )
    );
    return 0;
  }
};

function codes(lists: readonly string[] | undefined): string[] {
  return (lists ?? [])
    .flatMap((list) => list.split(','))
    .map((code) => code.trim())
    .filter(Boolean);
}
