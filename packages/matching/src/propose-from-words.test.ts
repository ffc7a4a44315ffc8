import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { proposeKindsFromWords, proposeThemesFromWords, rootOf } from './propose-from-words.ts';
import { WORDS_OF_PEOPLE } from './words-of-people.ts';

describe('what everyday words propose', () => {
  test.each([
    ['Réparer des vélos avec les jeunes du quartier', 'mobilite--entretenir-reparer-son-vehicule'],
    ['un local pour répéter', 'remobilisation--activites-sportives-et-culturelles'],
    ['De l’aide aux devoirs pour les petits', 'famille--soutien-a-la-parentalite-et-a-leducation'],
    ['on voudrait apprendre le francais', 'lecture-ecriture-calcul--maitriser-le-francais'],
    ['J’ai des dettes', 'difficultes-financieres--situation-dendettement-surendettement'],
    ['mon fils cherche du boulot', 'trouver-un-emploi--repondre-a-des-offres-demploi'],
    ['Passer le permis', 'mobilite--preparer-un-permis'],
    ['une fête entre voisins', 'remobilisation--lien-social'],
    ['PUNAISES DE LIT', 'logement-hebergement--se-maintenir-dans-le-logement']
  ])('%s → %s', (text, theme) => {
    expect(proposeThemesFromWords(text)[0]?.theme).toBe(theme);
  });

  test.each([
    ['un local pour répéter', 'room'],
    ['une subvention pour notre fête', 'funding'],
    ['emprunter une sono et des tables', 'equipment'],
    ['quelqu’un qui traduit, un interprète', 'person'],
    ['comment déclarer une buvette', 'information']
  ])('%s → %s', (text, kind) => {
    expect(proposeKindsFromWords(text)[0]?.kind).toBe(kind);
  });

  test('says from which words, and nothing where nothing is known', () => {
    expect(proposeThemesFromWords('réparer des vélos')[0]?.words.toSorted()).toEqual(['reparer', 'velos']);
    expect(proposeThemesFromWords('bonjour')).toEqual([]);
    expect(proposeThemesFromWords('')).toEqual([]);
  });

  test('knows a word in its plural, its feminine and its conjugations', () => {
    for (const word of ['repare', 'reparer', 'reparee', 'reparees', 'reparent']) expect(rootOf(word)).toBe('repar');
    expect(rootOf('locaux')).toBe(rootOf('local'));
  });

  test('every theme of data·inclusion has its words, and no other', () => {
    const source = readFileSync(new URL('../../formats/src/data-inclusion/vocabulary.ts', import.meta.url), 'utf8');
    const codes = [...source.matchAll(/code: '([a-z-]+--[a-z-]+)'/g)].map((match) => match[1]!);
    expect(Object.keys(WORDS_OF_PEOPLE).toSorted()).toEqual(codes.toSorted());
    expect(codes).toHaveLength(69);
  });
});
