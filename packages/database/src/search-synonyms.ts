import { FILLERS } from './search-fillers.ts';

/**
 * What people say and what sheets say. In an equivalence, each word stands for all the others; a reading goes one way,
 * from what somebody asks to the words that answer. A reading of several words holds when the query has them all.
 * French, with or without accents; written for associative and social life in a neighbourhood.
 */
const EQUIVALENCES: readonly string[] = [
  'salle, local, locaux',
  'vélo, bicyclette, cycle, biclou',
  'voiture, auto, automobile, véhicule',
  'ordinateur, informatique, PC, numérique',
  'numérique, digital, informatique, internet',
  'emploi, travail, boulot, job',
  'embauche, recrutement',
  'métier, profession',
  'logement, habitat, habitation, hébergement',
  'appartement, logement',
  'nourriture, alimentation, alimentaire, manger',
  'repas, cantine, restaurant, restauration',
  'enfant, enfance, gamin, gosse, petit',
  'bébé, nourrisson, crèche, petite-enfance',
  'jeune, jeunesse, ado, adolescent',
  'senior, aîné, retraité, âgé',
  'parent, parentalité, famille',
  'handicap, handicapé, PMR, invalidité',
  'école, scolaire, scolarité',
  'santé, médical, soin',
  'médecin, docteur, généraliste',
  'psychologue, psy, psychologie',
  'sport, sportif, activité-physique',
  'foot, football',
  'gym, gymnastique, fitness',
  'musique, musical, musicien',
  'théâtre, spectacle, scène',
  'peinture, dessin, arts-plastiques',
  'bibliothèque, médiathèque',
  'jardin, jardinage, potager',
  'jeu, ludothèque, ludique',
  'environnement, écologie, nature',
  'déchet, tri, recyclage, compost',
  'réparer, réparation, repair, bricolage, dépannage',
  'couture, retouche, textile',
  'vêtement, habit, vestiaire, friperie, fringue',
  'meuble, mobilier, ameublement',
  'don, donner, donnerie',
  'argent, finance, financement, subvention, budget',
  'dette, surendettement, crédit',
  'prêt, emprunt, emprunter, prêter',
  'aide, soutien, appui, accompagnement, assistance',
  'bénévole, bénévolat, volontaire',
  'association, asso',
  'entreprise, société, boîte',
  'formation, apprentissage, cours, stage',
  'français, FLE, alphabétisation',
  'étranger, migrant, immigré, exilé, réfugié',
  'traduction, interprète, traducteur',
  'justice, juridique, avocat, droit',
  'violence, maltraitance',
  'transport, déplacement, mobilité',
  'permis, code, conduite',
  'garde, garderie, nounou, périscolaire',
  'vacances, séjour, colonie',
  'fête, animation, festivité',
  'quartier, voisinage, voisin',
  'ressourcerie, recyclerie, réemploi',
  'photocopie, imprimer, impression, imprimante'
];

const READINGS: readonly (readonly [said: string, means: string])[] = [
  ['répéter', 'répétition musique'],
  ['jouer musique', 'instrument répétition'],
  ['papiers', 'administratif démarche droits'],
  ['paperasse', 'administratif démarche'],
  ['courrier', 'administratif écrivain'],
  ['caf', 'allocation prestation familiale'],
  ['rsa', 'insertion allocation'],
  ['apl', 'logement allocation'],
  ['impôts', 'fiscal fiscalité imposition administratif'],
  ['carte grise', 'démarche numérique'],
  ['titre séjour', 'étranger préfecture droits'],
  ['chômage', 'emploi insertion'],
  ['chômeur', 'emploi insertion'],
  ['cv', 'candidature emploi'],
  ['lettre motivation', 'candidature emploi'],
  ['factures', 'budget énergie surendettement'],
  ['loyer', 'logement impayé expulsion'],
  ['faim', 'alimentaire épicerie colis'],
  ['courses', 'épicerie alimentaire'],
  ['dormir', 'hébergement urgence'],
  ['sans abri', 'hébergement urgence'],
  ['sdf', 'hébergement urgence'],
  ['devoirs', 'scolaire accompagnement scolarité'],
  ['lire', 'lecture alphabétisation bibliothèque'],
  ['écrire', 'écriture écrivain alphabétisation'],
  ['parler français', 'linguistique FLE conversation'],
  ['seul', 'isolement lien convivialité'],
  ['solitude', 'isolement lien convivialité'],
  ['rencontrer', 'lien convivialité rencontre'],
  ['drogue', 'addiction'],
  ['alcool', 'addiction'],
  ['déprime', 'psychologie écoute santé'],
  ['coup de main', 'entraide aide bénévole'],
  ['outils', 'outil outillage bricolage prêt matériel équipement'],
  ['sono', 'sonorisation matériel'],
  ['camion', 'véhicule utilitaire transport'],
  ['monter association', 'création associatif accompagnement'],
  ['créer entreprise', 'entrepreneuriat création'],
  ['wifi', 'internet connexion numérique'],
  ['téléphone', 'numérique mobile'],
  ['tondeuse', 'jardinage matériel outil'],
  ['garder enfants', 'crèche garde'],
  ['harcèlement', 'victime violence écoute'],
  ['porter plainte', 'victime droit'],
  ['divorce', 'médiation familiale juridique'],
  ['monter asso', 'création association'],
  ['fermer association', 'dissolution sommeil'],
  ['arrêter association', 'dissolution sommeil'],
  ['pause association', 'sommeil'],
  ['quitter bureau', 'démission dirigeant'],
  ['quitter association', 'démission'],
  ['changer président', 'changement dirigeant modification'],
  ['président', 'dirigeant'],
  ['garder papiers', 'conservation documents'],
  ['archives', 'conservation documents'],
  ['concert', 'spectacle'],
  ['musicien', 'artiste spectacle'],
  ['europe', 'européen'],
  ['fils', 'mineur enfant'],
  ['fille', 'mineur enfant'],
  ['chez moi', 'domicile'],
  ['adresse courrier', 'domiciliation'],
  ['sans adresse', 'domiciliation'],
  ['fournitures', 'scolaire rentrée'],
  ['droit chômage', 'allocation solidarité spécifique'],
  ['fin droits', 'allocation solidarité spécifique'],
  ['sans travail', 'emploi insertion chômage'],
  ['propriétaire', 'accession achat'],
  ['aide maison', 'ménage ménagère domicile'],
  ['grand mère', 'âgé senior'],
  ['grand père', 'âgé senior'],
  ['mamie', 'âgé senior'],
  ['papi', 'âgé senior']
];

/** What a territory says in its own way: each expression of a list stands for the others, and for what all of them mean. */
export interface OwnWords {
  readonly expressions: readonly string[];
  /** Words that answer any of the expressions, and are not expected to be said. */
  readonly means: string;
}

/** What `text` says another way: pairs of a word of the text and the words that it may mean, the territory's own first. */
export function otherWords(text: string, own: readonly OwnWords[] = []): { said: string[]; means: string[] } {
  const singular = new Map(wordsOf(text).map((word) => [singularOf(word), word]));
  const known = [...singular.keys()].flatMap((word) => READINGS_BY_LAST_WORD.get(word) ?? []);
  const held = [...own.flatMap(ownReadings), ...known].filter((reading) =>
    reading.said.every((part) => singular.has(part))
  );
  return { said: held.map((reading) => singular.get(reading.said.at(-1)!)!), means: held.map(({ means }) => means) };
}

function ownReadings({ expressions, means }: OwnWords): Reading[] {
  return expressions
    .map((said) => ({
      said: wordsOf(said)
        .filter((word) => !FILLERS.has(word))
        .map(singularOf),
      means: [...expressions.filter((other) => other !== said), means].join(' ')
    }))
    .filter((reading) => reading.said.length > 0);
}

interface Reading {
  readonly said: readonly string[];
  readonly means: string;
}

const READINGS_BY_LAST_WORD: ReadonlyMap<string, readonly Reading[]> = Map.groupBy(
  [...READINGS, ...EQUIVALENCES.flatMap(oneForTheOthers)].map(([said, means]): Reading => {
    return { said: fold(said).split(' ').map(singularOf), means };
  }),
  (reading) => reading.said.at(-1)!
);

function oneForTheOthers(list: string): [string, string][] {
  const words = list.split(', ');
  return words
    .filter((word) => !word.includes('-'))
    .map((word) => [word, words.filter((other) => other !== word).join(' ')]);
}

function wordsOf(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Lower case, without accents: as the database writes words. */
function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('œ', 'oe');
}

function singularOf(word: string): string {
  return word.length > 3 ? word.replace(/[sx]$/, '') : word;
}
