import { describe, expect, test } from 'vitest';
import { describeOpeningHours } from './describe.ts';

/** Narrow spaces are shown as plain ones, so that the sentences below can be read. */
const french = (text: string) => describeOpeningHours(text, 'fr').map((line) => line.replace(/[\u202f\u00a0]/g, ' '));
const english = (text: string) => describeOpeningHours(text, 'en').map((line) => line.replaceAll('\u00a0', ' '));

describe('opening hours in plain words', () => {
  test('days that are alike are said together', () => {
    expect(french('Mo,Tu 09:00-12:00,14:00-17:00; We 10:00-12:30')).toEqual([
      'lundi, mardi : 9 h – 12 h et 14 h – 17 h',
      'mercredi : 10 h – 12 h 30'
    ]);
    expect(french('Mo-Fr 08:45-12:00')).toEqual(['du lundi au vendredi : 8 h 45 – 12 h']);
    expect(english('Mo-Fr 08:45-12:00,13:00-17:00')).toEqual(['Monday to Friday: 8:45 – 12:00 and 13:00 – 17:00']);
  });

  test('a later rule replaces an earlier one, as in real files', () => {
    expect(french('Mo-Th 09:00-12:00,14:00-18:00; Tu 14:00-18:00; Fr 09:00-12:00')).toEqual([
      'lundi, mercredi, jeudi : 9 h – 12 h et 14 h – 18 h',
      'mardi : 14 h – 18 h',
      'vendredi : 9 h – 12 h'
    ]);
  });

  test('holidays, seasons, nights, open ends and remarks are said', () => {
    expect(french('Sa,PH 10:00-12:00')).toEqual(['samedi : 10 h – 12 h', 'jours fériés : 10 h – 12 h']);
    expect(french('Mo 09:00-12:00; PH off')).toEqual(['lundi : 9 h – 12 h', 'jours fériés : fermé']);
    expect(french('Apr-Sep Mo-Fr 10:00-18:00; Aug off')).toEqual([
      'd’avril à septembre, du lundi au vendredi : 10 h – 18 h',
      'en août : fermé'
    ]);
    expect(french('Fr 22:00-02:00')).toEqual(['vendredi : 22 h – 2 h']);
    expect(french('Mo 09:00+')).toEqual(['lundi : à partir de 9 h']);
    expect(french('We unknown "sur rendez-vous"')).toEqual(['mercredi : sur rendez-vous']);
    expect(french('24/7')).toEqual(['ouvert en permanence']);
    expect(english('Mo-Su 00:00-24:00')).toEqual(['Monday to Sunday: all day']);
  });

  test('some days of a month, and school holidays, are said', () => {
    expect(french('Sa[3] 14:00-18:00')).toEqual(['3e samedi du mois : 14 h – 18 h']);
    expect(french('Mo 09:00-12:00; We[1,-1] 14:00-16:30')).toEqual([
      'lundi : 9 h – 12 h',
      '1er et dernier mercredis du mois : 14 h – 16 h 30'
    ]);
    expect(english('Sa[1,3] 10:00-12:00')).toEqual(['first and third Saturday of the month: 10:00 – 12:00']);
    expect(french('Mo-Fr 08:30-18:30; SH off')).toEqual([
      'du lundi au vendredi : 8 h 30 – 18 h 30',
      'vacances scolaires : fermé'
    ]);
  });

  test('what has no plain words is shown as typed, never dropped', () => {
    expect(french('Sa[-2] 10:00-12:00')).toEqual(['horaires particuliers : Sa[-2] 10:00-12:00']);
    expect(french('Mo 10:00-12:00; Sa[1] 10:00-12:00 "ou sur rendez-vous"')).toContain(
      'horaires particuliers : Sa[1] 10:00-12:00 "ou sur rendez-vous"'
    );
    expect(french('tous les matins')).toEqual(['horaires particuliers : tous les matins']);
    expect(french('')).toEqual([]);
  });
});
