import { describe, expect, test } from 'vitest';
import { anAsker, aSupport } from '../test/generated.ts';
import type { Asker } from './asker.ts';
import { match } from './match.ts';
import { sayMissing, sayReason, type Language, type Vocabulary } from './say.ts';
import type { Support } from './support.ts';
import { WEIGHTS } from './weights.ts';

const TODAY = '2026-11-26';
const AT_THE_DOOR = { latitude: 43.61, longitude: 3.87 };
const IN_THE_NEXT_TOWN = { latitude: 43.7, longitude: 3.98 };

describe('what is proposed, and why', () => {
  test('a repair workshop near by, checked twelve days ago, is proposed with its reasons', () => {
    const workshop = aSupport('workshop', {
      themes: ['bricolage'],
      location: { latitude: 43.6154, longitude: 3.87 },
      scopes: [{ level: 'commune', codes: ['34172'] }],
      load: { open: 2, places: 5 }
    });
    expect(said(anAsker({ themes: [{ code: 'bricolage', weight: 1000 }] }), workshop)).toEqual([
      'Propose de l’aide pour : bricolage.',
      'Ouvert à tous les publics.',
      'À 600 m.',
      'Couvre votre commune.',
      'Vérifié il y a 12 jours.',
      'A encore de la place : 2 demandes suivies pour 5 places.',
      'Pas encore sollicité ces trois derniers mois.'
    ]);
    expect(said(anAsker({ themes: [{ code: 'bricolage', weight: 1000 }] }), workshop, 'en').slice(0, 3)).toEqual([
      'Offers help with: bricolage.',
      'Open to everyone.',
      '600 m away.'
    ]);
  });

  test('the subject counts before the rest, and a neighbouring subject comes after it', () => {
    const about = aSupport('about', { checkedOn: '2025-12-01' });
    const beside = aSupport('beside', { themes: ['numerique--b'], location: AT_THE_DOOR });
    const elsewhere = aSupport('elsewhere', { themes: ['sante--a'], location: AT_THE_DOOR });
    expect(ids(anAsker(), [elsewhere, beside, about])).toEqual(['about', 'beside']);
  });

  test('what is not known is proposed after what is sure, and said', () => {
    const asker = anAsker({ legalForm: null, languages: ['ar'], accessibility: ['step-free'] });
    const sure = aSupport('sure', { languages: ['ar'], accessibility: { 'step-free': true } });
    const unsure = aSupport('a-unsure', { legalForms: ['association'], scopes: [], checkedOn: null });
    expect(ids(asker, [unsure, sure])).toEqual(['sure', 'a-unsure']);
    expect(said(asker, unsure).filter((sentence) => sentence.startsWith('À vérifier'))).toEqual([
      'À vérifier : la zone couverte n’est pas précisée.',
      'À vérifier : réservé à : association.',
      'À vérifier : qu’on y reçoive dans votre langue (ar).',
      'À vérifier : que le lieu ait : step-free.',
      'À vérifier : personne n’a encore confirmé cette fiche.'
    ]);
  });

  test('a room is asked for: nothing else is proposed', () => {
    expect(ids(anAsker({ kinds: ['room'] }), [aSupport('s'), aSupport('r', { kind: 'room' })])).toEqual(['r']);
  });

  test('words alone can find, and a text that was searched in vain does not', () => {
    const asker = anAsker({ themes: [] });
    const found = aSupport('found', { themes: [], textRelevance: 0.4 });
    const inVain = aSupport('vain', { themes: [], textRelevance: 0 });
    expect(ids(asker, [inVain, found])).toEqual(['found']);
  });

  test('equals are told apart by their id alone', () => {
    expect(ids(anAsker(), [aSupport('b'), aSupport('c'), aSupport('a')])).toEqual(['a', 'b', 'c']);
  });

  test('no more than the limit is given', () => {
    const many = Array.from({ length: 50 }, (_, i) => aSupport(`s${i}`));
    expect(match(anAsker(), many, WEIGHTS, TODAY).suggestions).toHaveLength(20);
    expect(match(anAsker(), many, WEIGHTS, TODAY, { suggestions: 0, nearMisses: 0 }).suggestions).toEqual([]);
  });
});

describe('what is nearly possible, and what would make it possible', () => {
  test.each<[string, Partial<Support>, Partial<Asker>, string]>([
    ['too young', { ageMonths: { min: 12 } }, {}, 'Il faut exister depuis 1 an. Possible dans 5 mois.'],
    [
      'another legal form',
      { legalForms: ['company'] },
      {},
      'Réservé à : company. Possible si une structure de cette forme porte le projet avec vous.'
    ],
    [
      'another commune within reach',
      { scopes: [{ level: 'commune', codes: ['34057'] }], location: IN_THE_NEXT_TOWN },
      {},
      'Intervient ici : 34057, à 13 km de vous. Demandez si une exception est possible, ou qui fait de même chez vous.'
    ],
    ['not open yet', { openFrom: '2027-01-01' }, {}, 'Ouvre le 1er janvier 2027. Possible à partir de ce jour.'],
    [
      'closed',
      { openUntil: '2026-10-15' },
      {},
      'Fermé depuis le 15 octobre 2026. Demandez quand aura lieu la prochaine session.'
    ],
    [
      'stale',
      { stale: true },
      {},
      'Fiche à confirmer, vérifiée pour la dernière fois le 14 novembre 2026. Possible dès que quelqu’un l’aura confirmée.'
    ],
    [
      'no step-free entrance',
      { accessibility: { 'step-free': false } },
      { accessibility: ['step-free'] },
      'Le lieu n’a pas : step-free. Demandez un autre lieu, ou à être reçu autrement.'
    ],
    [
      'another public',
      { publics: ['seniors'] },
      {},
      'S’adresse à : seniors. Possible si votre projet est aussi pour ces personnes.'
    ],
    [
      'too large a budget',
      { budgetCents: { max: 500_000 } },
      {},
      'Réservé aux budgets annuels de 5 000 € au plus ; le vôtre est de 8 000 €. Possible si une structure plus petite porte le projet avec vous.'
    ],
    [
      'no paid job yet',
      { employees: { min: 1 } },
      {},
      'Demande au moins 1 emploi salarié ; vous en avez 0. Possible à plusieurs structures.'
    ]
  ])('%s', (_, told, asked, sentence) => {
    const { suggestions, nearMisses } = match(anAsker(asked), [aSupport('s', told)], WEIGHTS, TODAY);
    expect(suggestions).toEqual([]);
    expect(nearMisses).toHaveLength(1);
    expect(plain(sayMissing(nearMisses[0]!.missing[0]!, 'fr', label))).toBe(sentence);
  });

  test('one missing condition comes before two, and three are not nearly possible', () => {
    const one = { openFrom: '2027-01-01' };
    const two = { ...one, stale: true };
    const supports = [aSupport('a', { ...two, publics: ['seniors'] }), aSupport('b', two), aSupport('c', one)];
    const { nearMisses } = match(anAsker(), supports, WEIGHTS, TODAY);
    expect(nearMisses.map(({ supportId, missing }) => [supportId, missing.length])).toEqual([
      ['c', 1],
      ['b', 2]
    ]);
  });

  test('what serves another end of the country is not nearly possible', () => {
    const far = aSupport('far', {
      scopes: [{ level: 'commune', codes: ['59350'] }],
      location: { latitude: 50.63, longitude: 3.06 }
    });
    expect(match(anAsker(), [far], WEIGHTS, TODAY)).toEqual({ suggestions: [], nearMisses: [] });
  });
});

function ids(asker: Asker, supports: readonly Support[]): string[] {
  return match(asker, supports, WEIGHTS, TODAY).suggestions.map((found) => found.supportId);
}

function said(asker: Asker, support: Support, language: Language = 'fr'): string[] {
  const [found] = match(asker, [support], WEIGHTS, TODAY).suggestions;
  return found!.reasons.map((reason) => plain(sayReason(reason, language, label)));
}

function label(_: Vocabulary, code: string): string {
  return code;
}

/** Spaces that do not break, as the formats of numbers bring them, are spaces for whoever reads. */
function plain(text: string): string {
  return text.replace(/[\u00a0\u202f]/gu, ' ');
}
