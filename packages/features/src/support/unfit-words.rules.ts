/*
 * What should not stand in a note: health, origin, religion, opinions, sexual life, offences, identity numbers, family
 * or administrative situation, judgements on a person. It looks for words and numbers; it understands nothing, so it
 * only reminds. It runs where the note is typed and sends nothing: it must stay small.
 */

export type UnfitKind =
  | 'health'
  | 'origin'
  | 'religion'
  | 'opinion'
  | 'sexual-life'
  | 'offence'
  | 'identity-number'
  | 'situation'
  | 'judgement';

/** Words of a text that are seldom useful to a project, as they were typed. */
export interface UnfitWords {
  readonly kind: UnfitKind;
  readonly words: string;
}

const FOUND_MAX_COUNT = 5;
const READ_MAX_CHARACTERS = 10_000;

/** The words to think about in `text`, in their order, five at most. */
export function findUnfitWords(text: string): UnfitWords[] {
  const typed = text.slice(0, READ_MAX_CHARACTERS).normalize('NFC');
  const plain = plainOf(typed);
  const found: (UnfitWords & { at: number })[] = [];
  for (const [kind, pattern, isOne] of PATTERNS) {
    for (const match of plain.matchAll(pattern)) {
      const at = match.index + match[1]!.length;
      const end = match.index + match[0].length;
      if (isOne && !isOne(plain.slice(at, end))) continue;
      found.push({ kind, words: typed.slice(at, end), at });
    }
  }
  return found
    .sort((one, other) => one.at - other.at)
    .slice(0, FOUND_MAX_COUNT)
    .map(({ kind, words }) => ({ kind, words }));
}

/** Lower case, no accents, straight apostrophes, what is fit blanked out; each character stays at its place. */
function plainOf(text: string): string {
  const plain = Array.from(text, (character) =>
    character.length > 1 ? '__' : character.normalize('NFD').charAt(0).toLowerCase().charAt(0)
  )
    .join('')
    .replace(/[’ʼ`´]/g, "'");
  return plain.replace(FIT, (words) => '_'.repeat(words.length));
}

/** Expressions whose words are unfit elsewhere. */
const FIT = words(
  "malade imaginaire|ordinateurs? malades?|publics? handicapes?|il est difficile de|(?:prevention|depistage|sensibilisation|lutte|informations?|actions?|ateliers?) (?:du |de la |de l'|des |contre le |contre la |contre l'|sur le |sur la |sur l')?[a-z]+|certificats? medica(?:l|ux)|syndicats? (?:mixte|d'initiative|de copropriete)"
);

/** Somebody, said shortly before what is said of them. */
const SOMEBODY =
  "(?:il|elle|ils|elles|he|she|they|monsieur|madame|mme|personnes?|famille|dames?|hommes?|femmes?|filles?|fils|garcons?|jeunes?|enfants?|mari|epouse|epoux|mere|pere|porteu(?:r|se)|presidente?|tresori(?:er|ere)|secretaire|benevoles?|voisine?s?|habitante?s?|quelqu'un|des|est|sont|etait|is|are|was)";

const COUNTRIES =
  'algeri|tunisi|mali|ivoiri|guine|haiti|syri|iraki|irani|armeni|georgi|roumai|bulgar|ukraini|afric|maghrebi|palestini|camerounai|senegalai|congolai|marocai|comori|portugai|albanai|tchetche|chinoi|pakistanai|soudanai|afghan|turc|kurde|asiati';

const PATTERNS: readonly (readonly [UnfitKind, RegExp, ((text: string) => boolean)?])[] = [
  [
    'health',
    words(
      "malades?|maladies?|antidepresseurs?|desintox\\w*|en cure|fausse couche|avortement|avorte|tumeurs?|vih|hiv|dialyse|anxi(?:eux|euse|ete)|angoiss\\w+|insomni\\w+|traumatis(?:me|mes|ee?s?)|operee?s? (?:du|de la|des|d'un)|infarctus|avc|fauteuil roulant|perte d'autonomie|alzheimer|parkinson|psychos?e|hopital psy\\w*|clinique|sclerose|obes(?:e|ite)|fertilite|drogue(?:e|s|es)?|ivre|soule?s?|overdose|disability|depressed|surgery|drunk|depressi(?:on|f|ve)s?|enceinte|grossesse|cancers?|chimio\\w*|burn.?out|autis(?:te|me)s?|alcooli(?:que|sme)s?|hospitalise(?:e|s|es)?|rqth|aah|(?:probleme|souci|ennui)s? de sante|(?:son|sa|leur) (?:etat de )?sante|psychiatr\\w+|psychologue|suicid\\w+|diabet\\w+|addict\\w+|toxicoman\\w+|cannabis|handicape(?:e|s|es)?|bipolaire|schizophren\\w+|seropositi\\w+|sida|epilep\\w+|medicaments?|sous traitement|un traitement|anorexi\\w+|pregnant|illness|sick|disabled|mental health|cancer|alcoholic"
    )
  ],
  ['health', about('boit|drinks')],
  [
    'origin',
    words(
      "d'origine (?!du|de la|de l'|des)[a-z]+|de nationalite \\w+|of \\w+ (?:origin|descent)|roms?|gitane?s?|tziganes?|manouches?|roma|gyps(?:y|ies)|sans nationalite"
    )
  ],
  ['origin', about(`(?:${COUNTRIES})(?:en|enne|ain|aine|s|se|n|ne|e|que|)s?|noire?s?|arabes?|blacks?|african|arab`)],
  [
    'religion',
    words(
      'musulman\\w*|muslims?|(?:a|de) la (?:mosquee|messe|synagogue) (?:tous|chaque|le |souvent)|(?:il|elle|ils|elles) (?:est|va|sont|vont|prie\\w*) (?:souvent |toujours )?a la (?:mosquee|messe|synagogue)|halal|casher|cacher|imam|rabbin|sa foi|sa religion|islami\\w+|porte le voile|voilees?|catholique|chretien(?:ne)?s?|protestante?s?|evangeliques?|juifs?|juives?|jewish|boudd?histe|temoins? de jehovah|croyante?s?|pratiquante?s?|athee|(?:fait|faire|suit) (?:le )?ramadan|practising|christian'
    )
  ],
  [
    'opinion',
    words(
      "(?:il|elle|ils) vote(?:nt)? (?:a|pour)|milit(?:e|ent|ante?s?) (?:a|au|pour|chez)|cgt|cfdt|cftc|unsa|rassemblement national|france insoumise|lfi|macronistes?|front national|zemmour|le pen|melenchon|(?:soutient|adhere a|sympathisante? d[eu]) (?:le |la |l')?(?:parti|droite|gauche)|delegue\\w* syndica\\w+|gilets? jaunes?|anarchistes?|royalistes?|complotistes?|votes? for|force ouvriere|encartee?s?|parti (?:communiste|socialiste)|syndiquee?s?|syndicaliste|extreme.(?:droite|gauche)|de (?:gauche|droite) et|(?:trade )?union member|votes? (?:left|right)|opinions? politiques?"
    )
  ],
  [
    'sexual-life',
    words(
      'homosexuel\\w*|lesbiennes?|gays?|bisexuel\\w*|trans(?:genre|sexuel\\w*)s?|orientation sexuelle|vie sexuelle|lesbian|transgender'
    )
  ],
  [
    'offence',
    words(
      "(?:sort|sorti|sortie|sortant) de prison|en prison|incarceree?s?|bracelet electronique|condamnee?s?|liberte conditionnelle|probation|jugee?s? pour|escroquerie|tribunal correctionnel|detenue?s?|ecrouee?s?|recidiviste|trafi(?:c|quant|quante|quants|que) ?(?:de|d')?|avec sursis|travaux d'interet general|arretee? par la police|police (?:est venue|l'a)|cambriol\\w+|arrested|probation|drug dealer|casier judiciaire|porte plainte contre|violences? conjugales?|garde a vue|deal(?:e|er|ers|eur|eurs)?|delinquante?s?|toxicomane|convicted|criminal record|in jail|mis en examen"
    )
  ],
  ['identity-number', words('(?:numero|no|n°) de secu(?:rite sociale)?|nir')],
  ['identity-number', /(^|[^a-z0-9])[12] ?\d\d ?\d\d ?(?:\d\d|2[ab]) ?\d{3} ?\d{3} ?\d\d\b/g, isNir],
  ['identity-number', /(^|[^a-z0-9])[a-z]{2}\d\d(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,4})?\b/g, isIban],
  ['identity-number', /(^|[^\d.])(?:(?:\+|00)33 ?(?:\(0\) ?)?|0)[1-9](?:[ .-]?\d\d){4}(?!\d)/g],
  [
    'situation',
    words(
      "sans.papiers?(?! \\w*peint)|recepisse|situation irreguliere|regularis(?:e|ee|ation)|vit seule?|veu(?:f|ve)|dort (?:dans|dehors|chez)|sans (?:domicile|logement|abri)|hebergee?s? (?:chez|par le 115)|pension alimentaire|garde (?:alternee|des enfants|partagee de ses)|impayes de loyer|ses dettes|des dettes|huissiers?|minima sociaux|aide sociale|assistante sociale|au chomage|juge aux affaires|belle.mere|adoptee?s?|homeless|single mother|unemployed|residence permit|evicted|titre de sejour|carte de sejour|divorc\\w+|(?:mere|pere|maman|papa) (?:isolee?|celibataire)|enfants? a charge|rsa|oqtf|demand(?:eur|euse)s? d'asile|refugiee?s?|surendett\\w+|expulsi(?:on|ons)|expulsee?s?|a l'ase|separee? d[eu]|son (?:ex|conjoint)|sa conjointe|tutelle|curatelle|undocumented|asylum seekers?|on benefits|sdf"
    )
  ],
  [
    'judgement',
    words(
      'peu motivee?s?|pas (?:tres |assez |du tout )?(?:motivee?s?|serieu(?:x|se)s?|fiables?|honnetes?)|pas a la hauteur|ment (?:sur|tout|souvent|toujours|beaucoup)|tetue?s?|malhonnetes?|bornee?s?|caracteriel\\w*|irresponsables?|immatures?|hysterique|paran(?:o|oiaque)|bonn?e? a rien|ne comprend rien|comprend rien|profit(?:eur|euse)s?|mal ?elevee?s?|manipulat(?:eur|rice)|chiante?s?|con(?:ne|nard)s?|nulles?|mou|molle|sale (?:type|gosse)|arrogante?s?|pretentieu(?:x|se)|rude|annoying|useless|dishonest|pas (?:tres |bien )?(?:intelligente?|maligne?|malin)s?|incompetente?s?|paresseu(?:x|se|ses)|faineante?s?|mente(?:ur|use)s?|agressi(?:f|ve|fs|ves)|mauvaise foi|cas soci(?:al|aux)|ingerables?|bete|stupides?|idiote?s?|lazy|unreliable|stupid|liar'
    )
  ],
  ['judgement', about('penibles?|difficiles?|insupportables?|feignante?s?')]
];

/*
 * The first group of each pattern is what stands before the words: telephones of a few years ago know no look-behind.
 */

/** Whole words, whatever stands around them. */
function words(alternatives: string): RegExp {
  return new RegExp(`(^|[^a-z0-9])(?:${alternatives})(?![a-z0-9])`, 'g');
}

/** The same, said of somebody at most two words before. */
function about(alternatives: string): RegExp {
  return new RegExp(`((?:^|[^a-z0-9])${SOMEBODY} (?:[a-z']+ ){0,2})(?:${alternatives})(?![a-z0-9])`, 'g');
}

/** A French social security number: its last two digits are the key of the others. */
function isNir(text: string): boolean {
  const number = text.replace(/ /g, '').replace('2a', '19').replace('2b', '18');
  return Number(number.slice(13)) === 97 - (Number(number.slice(0, 13)) % 97);
}

/** ISO 13616: the first four characters go last, letters become numbers from 10; the rest by 97 is 1. */
function isIban(text: string): boolean {
  const code = text.replace(/ /g, '');
  const digits = Array.from(code.slice(4) + code.slice(0, 4), (character) => Number.parseInt(character, 36)).join('');
  return Array.from(digits).reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}
