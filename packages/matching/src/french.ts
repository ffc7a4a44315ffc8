import { count, sayEuros, sayMonths } from './phrases.ts';
import type { Sentences } from './sentences.ts';

const months = (value: number) => sayMonths(value, 'fr');
const euros = (value: number) => sayEuros(value, 'fr');
const employees = (value: number) => count(value, 'emploi salarié', 'emplois salariés', true);

/** "entre 2 et 5", "au moins 2", "au plus 5", in the unit of `say`. */
function between(say: (value: number) => string, min?: number, max?: number): string {
  if (min !== undefined && max !== undefined) return `entre ${say(min)} et ${say(max)}`;
  if (min !== undefined) return `au moins ${say(min)}`;
  return max === undefined ? 'sans limite' : `au plus ${say(max)}`;
}

export const FRENCH: Sentences = {
  theme: (themes) => `Propose de l’aide pour : ${themes}.`,
  family: (themes) => `Sujet voisin de : ${themes}.`,
  public: (publics) => `S’adresse à : ${publics}.`,
  everyone: 'Ouvert à tous les publics.',
  words: 'Sa description répond à vos mots.',
  near: (distance) => `À ${distance}.`,
  covers: {
    national: 'Couvre tout le pays.',
    region: 'Couvre votre région.',
    departement: 'Couvre votre département.',
    territory: 'Couvre votre territoire.',
    epci: 'Couvre votre intercommunalité.',
    commune: 'Couvre votre commune.',
    qpv: 'Couvre votre quartier prioritaire.',
    around: 'Se déplace jusque chez vous.'
  },
  checked: (days) =>
    days === 0 ? 'Vérifié aujourd’hui.' : days === 1 ? 'Vérifié hier.' : `Vérifié il y a ${days} jours.`,
  load: (open, places) =>
    open >= places
      ? `N’a plus de place pour le moment : ${count(open, 'demande suivie', 'demandes suivies', true)} pour ${count(places, 'place', 'places', true)}.`
      : `A encore de la place : ${count(open, 'demande suivie', 'demandes suivies', true)} pour ${count(places, 'place', 'places', true)}.`,
  turn: (suggested, answered) =>
    suggested === 0
      ? 'Pas encore sollicité ces trois derniers mois.'
      : `Sollicité ${suggested} fois en trois mois, a répondu ${answered} fois.`,
  openUntil: (date) => `Ouvert jusqu’au ${date}.`,
  toCheck: (doubt) => `À vérifier : ${doubt}.`,
  country: 'tout le pays',
  around: (km) => `${km} km à la ronde`,
  further: (n) => count(n, 'autre', 'autres'),
  doubt: {
    subject: 'le sujet n’est pas précisé',
    territory: (areas) => (areas === null ? 'la zone couverte n’est pas précisée' : `intervient ici : ${areas}`),
    freshness: 'personne n’a encore confirmé cette fiche',
    public: (publics) => `s’adresse à : ${publics}`,
    'legal-form': (forms) => `réservé à : ${forms}`,
    language: (languages) => `qu’on y reçoive dans votre langue (${languages})`,
    accessibility: (features) => `que le lieu ait : ${features}`,
    age: (min, max) => `la structure doit exister depuis ${between(months, min, max)}`,
    employees: (min, max) => `la structure doit compter ${between(employees, min, max)}`,
    budget: (min, max) => `le budget annuel doit être de ${between(euros, min, max)}`
  },
  missing: {
    territory: (areas, distance) =>
      `Intervient ici : ${areas}${distance === null ? '' : `, à ${distance} de vous`}. Demandez si une exception est possible, ou qui fait de même chez vous.`,
    public: (publics) => `S’adresse à : ${publics}. Possible si votre projet est aussi pour ces personnes.`,
    'legal-form': (forms) =>
      `Réservé à : ${forms}. Possible si une structure de cette forme porte le projet avec vous.`,
    language: (languages) => `Répond en : ${languages}. Possible avec une personne qui traduit.`,
    accessibility: (features) => `Le lieu n’a pas : ${features}. Demandez un autre lieu, ou à être reçu autrement.`,
    age: {
      below: (value, bound) => `Il faut exister depuis ${months(bound)}. Possible dans ${months(bound - value)}.`,
      above: (value, bound) =>
        `Réservé aux structures de ${months(bound)} au plus ; la vôtre a ${months(value)}. Possible si une structure plus jeune porte le projet avec vous.`
    },
    employees: {
      below: (value, bound) =>
        `Demande au moins ${employees(bound)} ; vous en avez ${value}. Possible à plusieurs structures.`,
      above: (value, bound) =>
        `Réservé aux structures de ${employees(bound)} au plus ; vous en avez ${value}. Possible si une structure plus petite porte le projet avec vous.`
    },
    budget: {
      below: (value, bound) =>
        `Demande un budget annuel d’au moins ${euros(bound)} ; le vôtre est de ${euros(value)}. Possible à plusieurs structures.`,
      above: (value, bound) =>
        `Réservé aux budgets annuels de ${euros(bound)} au plus ; le vôtre est de ${euros(value)}. Possible si une structure plus petite porte le projet avec vous.`
    },
    before: (date) => `Ouvre le ${date}. Possible à partir de ce jour.`,
    after: (date) => `Fermé depuis le ${date}. Demandez quand aura lieu la prochaine session.`,
    freshness: (date) =>
      `Fiche à confirmer${date === null ? '' : `, vérifiée pour la dernière fois le ${date}`}. Possible dès que quelqu’un l’aura confirmée.`
  }
};
