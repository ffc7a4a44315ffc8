import { plainForm, readRna, readSiret, splitValues } from '../cells.ts';
import type { FeeCode, NetworkCode, PublicCode, ThemeCode } from '../data-inclusion/vocabulary.ts';
import { blankService, type DirectoryRecord, type ServiceRecord } from '../directory-record.ts';
import { mappingFrom, type Preset } from '../preset.ts';
import type { RowReader } from '../row-reader.ts';

/** Lieux de médiation numérique (32 fields of the national schema, and the names they had before 2024). */
export const mednum: Preset = {
  name: 'mednum',
  label: 'Lieux de médiation numérique',
  labelEn: 'Digital mediation places',
  describes: 'organization',
  signature: ['id', 'pivot', 'nom', 'commune', 'code_postal', 'adresse', 'services', 'date_maj'],
  signatureMinPercent: 87,
  uniqueIds: true,
  mappingFor: (table) =>
    mappingFrom(
      {
        source: ['source'],
        sourceId: ['id'],
        name: ['nom'],
        description: ['presentation_resume', 'presentation_detail'],
        website: ['site_web'],
        phone: ['telephone'],
        email: ['courriels', 'courriel'],
        updatedOn: ['date_maj'],
        address: ['adresse'],
        addressComplement: ['complement_adresse'],
        postcode: ['code_postal'],
        city: ['commune'],
        cityCode: ['code_insee'],
        latitude: ['latitude'],
        longitude: ['longitude'],
        openingHours: ['horaires'],
        accessibilityUrl: ['fiche_acces_libre', 'accessibilite']
      },
      table
    ),
  refine: (record, reader) => {
    const { organization } = record;
    if (organization.kind === 'reference') return record;
    const pivot = readPivot(reader);
    return {
      organization: { ...organization, ...pivot, themes: themesOf(reader), networks: networksOf(reader) },
      places: record.places,
      services: [serviceOf(record, reader)],
      posts: []
    };
  }
};

/** The pivot is a SIRET, an RNA, or a RIDET of New Caledonia; zeros stand for none. */
function readPivot(reader: RowReader): { siret: string | null; rna: string | null } {
  const raw = reader.cell('pivot');
  if (/^\s*W/i.test(raw)) {
    const rna = readRna(raw);
    if (rna.reason) reader.note('pivot', rna.reason, 'drops-value');
    return { siret: null, rna: rna.value };
  }
  if (/^\s*\d{6,10}\s*$/.test(raw)) return { siret: null, rna: null };
  const siret = readSiret(raw);
  if (siret.reason) reader.note('pivot', siret.reason, siret.value === null ? 'drops-value' : 'notice');
  return { siret: siret.value, rna: null };
}

function serviceOf(record: DirectoryRecord, reader: RowReader): ServiceRecord {
  const { organization } = record;
  const labels = splitValues(reader.cell('services'), true);
  const supports = splitValues(reader.cell('modalites_accompagnement'), false);
  const remote = supports.some((support) => plainForm(support).startsWith('a distance'));
  const cost = reader.cell('frais_a_charge') || reader.cell('conditions_acces');
  const audience = [reader.cell('publics_specifiquement_adresses'), reader.cell('publics_accueillis')].join(';');
  return {
    ...blankService('1', 'Médiation numérique'),
    source: organization.source,
    sourceId: organization.sourceId,
    description: [...labels, ...supports].join('\n') || null,
    kind: 'accompagnement',
    themes: themesOf(reader),
    words: labels,
    fee: feeOf(cost),
    feeDetails: cost.trim() === '' ? null : splitValues(cost, false).join(' ; '),
    publics: publicsOf(audience),
    publicsDetails: splitValues(audience, false).join(' ; ') || null,
    accessConditions: splitValues(reader.cell('modalites_acces'), false).join(' ; ') || null,
    receptionModes:
      remote && supports.length === 1 ? ['a-distance'] : remote ? ['a-distance', 'en-presentiel'] : ['en-presentiel'],
    openingHours: record.places[0]?.openingHours ?? null,
    placeKeys: record.places.map((place) => place.key)
  };
}

/** Words of the service labels, new and old, and the theme that each one means. */
const THEME_WORDS: readonly (readonly [RegExp, ThemeCode])[] = [
  [/demarches|services en ligne/, 'numerique--acceder-a-des-services-en-ligne'],
  [/connexion internet|acces internet/, 'numerique--acceder-a-une-connexion-internet'],
  [/acquerir|acquisition|du materiel|materiel informatique/, 'numerique--acquerir-un-equipement'],
  [
    /prendre en main|maitrise|approfondir|quotidien|comprehension|securise|culture numerique/,
    'numerique--maitriser-les-fondamentaux-du-numerique'
  ],
  [/insertion professionnelle/, 'preparer-sa-candidature--organiser-ses-demarches-de-recherche-demploi'],
  [/parentalite/, 'famille--soutien-a-la-parentalite-et-a-leducation'],
  [/developper mon entreprise/, 'creer-une-entreprise--developper-son-entreprise'],
  [/loisirs|creer avec le numerique/, 'remobilisation--activites-sportives-et-culturelles']
];

function themesOf(reader: RowReader): ThemeCode[] {
  const labels = splitValues(reader.cell('services'), true).map(plainForm);
  return THEME_WORDS.filter(([words]) => labels.some((label) => words.test(label))).map(([, theme]) => theme);
}

const NETWORK_WORDS: readonly (readonly [RegExp, NetworkCode])[] = [
  [/^cnfs$|conseillers? numerique/, 'conseillers-numeriques'],
  [/france services/, 'france-service'],
  [/aidants connect/, 'aidants-connect'],
  [/campus connecte/, 'campus-connecte'],
  [/emmaus/, 'emmaus'],
  [/croix rouge/, 'croix-rouge'],
  [/grandes? ecoles? du numerique/, 'grandes-ecoles-du-numerique'],
  [/relais pole emploi|france travail/, 'france-travail'],
  [/point relais caf/, 'caf'],
  [/point numerique caf/, 'caf']
];

function networksOf(reader: RowReader): NetworkCode[] {
  const labels = [reader.cell('labels_nationaux'), reader.cell('dispositif_programmes_nationaux')]
    .flatMap((cell) => splitValues(cell, true))
    .map(plainForm);
  const found = NETWORK_WORDS.filter(([words]) => labels.some((label) => words.test(label)));
  return [...new Set(found.map(([, network]) => network))];
}

function feeOf(cost: string): FeeCode | null {
  const plain = plainForm(cost);
  if (plain.startsWith('gratuit')) return 'gratuit';
  return /^(?:payant|adhesion)/.test(plain) ? 'payant' : null;
}

const PUBLIC_WORDS: readonly (readonly [RegExp, PublicCode])[] = [
  [/jeunes/, 'jeunes'],
  [/etudiants/, 'etudiants'],
  [/familles/, 'familles'],
  [/femmes/, 'femmes'],
  [/seniors/, 'seniors']
];

function publicsOf(audience: string): PublicCode[] {
  const plain = plainForm(audience);
  return PUBLIC_WORDS.filter(([words]) => words.test(plain)).map(([, code]) => code);
}
