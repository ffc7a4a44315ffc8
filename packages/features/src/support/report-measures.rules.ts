import type { CoordinationWorkKind } from './coordination-work.schema.ts';
import type { NoteKind } from './note.schema.ts';

/*
 * The catalogue of what a report may say: each measure with its definition and its denominator, in both languages,
 * because a frozen report keeps the words that went with its figures.
 */

export interface Words {
  readonly fr: string;
  readonly en: string;
}

export interface Measure {
  readonly label: Words;
  readonly definition: Words;
  /** Of what it is a part; said with every figure. */
  readonly denominator: Words;
  /** Whether a funder may be told: never that a project pauses or stopped. */
  readonly forFunders: boolean;
}

const words = (fr: string, en: string): Words => ({ fr, en });

const OPEN_DOSSIERS = words(
  'Les accompagnements ouverts au moins un jour de la période.',
  'The accompaniments that were open for at least one day of the period.'
);
const NONE = words('Aucun : c’est un compte, pas une part.', 'None: this is a count, not a share.');

export const MEASURES = {
  hours: {
    label: words('Heures d’accompagnement, par sorte', 'Hours of support, by kind'),
    definition: words(
      'La somme des durées écrites dans les notes dont la date est dans la période.',
      'The sum of the durations written in the notes dated within the period.'
    ),
    denominator: words('Le total des heures notées.', 'All the hours noted.'),
    forFunders: true
  },
  'hours-by-neighbourhood': {
    label: words('Heures d’accompagnement, par quartier', 'Hours of support, by neighbourhood'),
    definition: words(
      'Les mêmes heures, selon le quartier du dossier. Un dossier compte dans un seul quartier. Ces chiffres montrent l’aide donnée, pas la valeur des quartiers.',
      'The same hours, by the neighbourhood of the dossier. A dossier counts in one neighbourhood only. These figures show the support given, not what a neighbourhood is worth.'
    ),
    denominator: words('Le total des heures notées.', 'All the hours noted.'),
    forFunders: true
  },
  'coordination-hours': {
    label: words('Heures de coordination, par sorte', 'Hours of coordination, by kind'),
    definition: words(
      'Le temps noté à part des dossiers : animation, événements, partenariats.',
      'The time noted apart from dossiers: animation, events, partnerships.'
    ),
    denominator: NONE,
    forFunders: true
  },
  accompanied: {
    label: words('Structures et projets accompagnés', 'Organisations and projects supported'),
    definition: words(
      'Les dossiers qui ont au moins une note dans la période. Chacun compte une fois, quel que soit le nombre de notes.',
      'The dossiers with at least one note in the period. Each counts once, however many notes it has.'
    ),
    denominator: OPEN_DOSSIERS,
    forFunders: true
  },
  'accompanied-by-neighbourhood': {
    label: words(
      'Structures et projets accompagnés, par quartier',
      'Organisations and projects supported, by neighbourhood'
    ),
    definition: words(
      'Les mêmes dossiers, selon leur quartier. Un dossier compte dans un seul quartier.',
      'The same dossiers, by their neighbourhood. A dossier counts in one neighbourhood only.'
    ),
    denominator: words('Les structures et projets accompagnés.', 'The organisations and projects supported.'),
    forFunders: true
  },
  'dossier-moves': {
    label: words('Vie des dossiers', 'Life of the dossiers'),
    definition: words(
      'Les dossiers ouverts, terminés, mis en pause ou arrêtés dans la période, d’après leur histoire. Un dossier compte une fois par ligne.',
      'The dossiers opened, closed, paused or stopped in the period, from their history. A dossier counts once in each line.'
    ),
    denominator: OPEN_DOSSIERS,
    forFunders: false
  },
  'dossiers-opened-closed': {
    label: words('Accompagnements commencés et menés à leur terme', 'Accompaniments begun and brought to their end'),
    definition: words(
      'Les dossiers ouverts dans la période, et ceux qui ont été clos d’un commun accord.',
      'The dossiers opened in the period, and those closed by agreement.'
    ),
    denominator: OPEN_DOSSIERS,
    forFunders: true
  },
  meetings: {
    label: words('Rencontres', 'Meetings'),
    definition: words(
      'Les notes de rendez-vous, de visite ou d’événement dans la période, et les dossiers qu’elles concernent.',
      'The notes of meetings, visits and events in the period, and the dossiers that they concern.'
    ),
    denominator: words('Toutes les notes de la période.', 'All the notes of the period.'),
    forFunders: true
  },
  requests: {
    label: words('Demandes reçues et réponses', 'Requests received and answers'),
    definition: words(
      'Les demandes envoyées dans la période, sauf celles retirées. « Répondu » : une personne a parlé à qui demandait.',
      'The requests sent in the period, except those withdrawn. “Answered”: somebody spoke to whoever asked.'
    ),
    denominator: words(
      'Les demandes répondues, ou dont le délai promis est passé. Les autres attendent encore dans leur délai.',
      'The requests answered, or whose promised time has passed. The others still wait within their time.'
    ),
    forFunders: true
  },
  orientations: {
    label: words('Orientations vers une autre structure', 'Hand-overs to another organisation'),
    definition: words(
      'Les demandes confiées à une autre structure dans la période. « Accusée » : la structure a confirmé qu’elle s’en occupe.',
      'The requests handed over to another organisation in the period. “Acknowledged”: it confirmed that it takes care of it.'
    ),
    denominator: words('Les orientations faites dans la période.', 'The hand-overs made in the period.'),
    forFunders: true
  },
  feedback: {
    label: words('Ce que les structures disent de l’accompagnement', 'What organisations say of the support'),
    definition: words(
      'Trois questions posées à la fin de l’accompagnement, puis aux suivis : est-ce utile, cela tient-il, le referiez-vous. La dernière réponse de la période compte.',
      'Three questions asked when the support ends, then at the check-ups: is it useful, does it hold, would you do it again. The last answer of the period counts.'
    ),
    denominator: words(
      'Les dossiers clos ou revus en suivi dans la période, qu’ils aient répondu ou non.',
      'The dossiers closed or seen again at a check-up in the period, whether they answered or not.'
    ),
    forFunders: true
  }
} as const satisfies Readonly<Record<string, Measure>>;

export type MeasureCode = keyof typeof MEASURES;

export const MEASURE_CODES = Object.keys(MEASURES) as MeasureCode[];

/** What a funder's template may choose from. */
export const FUNDER_MEASURES = MEASURE_CODES.filter((code) => MEASURES[code].forFunders);

/** What « Mon bilan du mois » says, in its order. */
export const MONTH_MEASURES: readonly MeasureCode[] = [
  'hours',
  'hours-by-neighbourhood',
  'coordination-hours',
  'accompanied',
  'dossier-moves',
  'meetings',
  'requests',
  'orientations',
  'feedback'
];

export const NOTE_KIND_LABELS: Readonly<Record<NoteKind, Words>> = {
  meeting: words('Rendez-vous', 'Meetings'),
  visit: words('Visites', 'Visits'),
  call: words('Appels', 'Calls'),
  message: words('Messages', 'Messages'),
  writing: words('Écriture de dossiers', 'Writing'),
  event: words('Événements', 'Events'),
  training: words('Formation', 'Training'),
  other: words('Autre', 'Other')
};

export const LINE_LABELS = {
  total: words('Total', 'Total'),
  open: words('Ouverts dans la période', 'Open in the period'),
  accompanied: words('Accompagnés', 'Supported'),
  project: words('Dont projets', 'Of which projects'),
  organization: words('Dont structures', 'Of which organisations'),
  opened: words('Commencés', 'Begun'),
  closed: words('Menés à leur terme', 'Brought to their end'),
  paused: words('Mis en pause', 'Paused'),
  interrupted: words('Arrêtés', 'Stopped'),
  notes: words('Notes de la période', 'Notes of the period'),
  meetings: words('Rencontres', 'Meetings'),
  met: words('Dossiers rencontrés', 'Dossiers met'),
  received: words('Reçues', 'Received'),
  due: words('Répondues, ou délai passé', 'Answered, or past their time'),
  answered: words('Répondues', 'Answered'),
  'in-time': words('Répondues dans le délai promis', 'Answered within the promised time'),
  median: words('Délai médian de réponse', 'Median time to an answer'),
  made: words('Faites', 'Made'),
  acknowledged: words('Réception confirmée par la structure', 'Acknowledged'),
  refused: words('Déclinées', 'Declined'),
  waiting: words('Sans réponse à ce jour', 'Without an answer so far'),
  nowhere: words('Quartier non dit', 'Neighbourhood not said'),
  asked: words('À qui la question se posait', 'Whom it could be asked'),
  told: words('Ont répondu', 'Answered'),
  useful: words('Utile : oui', 'Useful: yes'),
  'useful-partly': words('Utile : en partie', 'Useful: partly'),
  'useful-no': words('Utile : non', 'Useful: no'),
  holds: words('Ce qui a été fait tient : oui', 'What was done holds: yes'),
  again: words('Le referaient : oui', 'Would do it again: yes')
} as const;

export const MISSING_LABELS = {
  'notes-without-duration': words('Notes sans durée', 'Notes without a duration'),
  'hours-nowhere-percent': words('Heures non localisées, en %', 'Hours without a neighbourhood, in %'),
  'dossiers-nowhere': words('Dossiers sans quartier', 'Dossiers without a neighbourhood'),
  'dossiers-unlocated': words('Dossiers sans lieu connu', 'Dossiers without a known place'),
  'dossiers-without-theme': words('Dossiers sans thème', 'Dossiers without a theme'),
  'requests-waiting': words('Demandes encore dans leur délai', 'Requests still within their time'),
  'requests-nowhere': words('Demandes sans quartier', 'Requests without a neighbourhood')
} as const;
export type MissingCode = keyof typeof MISSING_LABELS;

export const COORDINATION_KIND_LABELS: Readonly<Record<CoordinationWorkKind, Words>> = {
  animation: words('Animation', 'Animation'),
  event: words('Événements', 'Events'),
  partnership: words('Partenariats', 'Partnerships'),
  'partner-meeting': words('Réunions de partenaires', 'Meetings of partners'),
  training: words('Formation', 'Training'),
  administration: words('Gestion', 'Administration')
};
