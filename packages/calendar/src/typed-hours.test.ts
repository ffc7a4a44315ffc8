import { describe, expect, test } from 'vitest';
import { describeOpeningHours } from './describe.ts';
import { parseOpeningHours } from './opening-hours.ts';
import { hoursFromWords } from './typed-hours.ts';

describe('opening hours as people write them', () => {
  test.each([
    ['du lundi au vendredi : 9 h – 12 h 30 et 14 h – 18 h ; samedi : fermé', 'Mo-Fr 09:00-12:30,14:00-18:00; Sa off'],
    ['Lundi 9h-12h, mardi 14h-18h', 'Mo 09:00-12:00; Tu 14:00-18:00'],
    ['lun-ven 9h30-17h', 'Mo-Fr 09:30-17:00'],
    ['Lundi, mercredi et jeudi de 14h à 18h\nSamedi 10:00-12:00', 'Mo,We,Th 14:00-18:00; Sa 10:00-12:00'],
    ['tous les jours 8h à midi, 14 heures - minuit', 'Mo-Su 08:00-12:00,14:00-24:00'],
    ['1er et dernier samedis du mois : 14 h – 18 h', 'Sa[1,-1] 14:00-18:00'],
    ['les mardis 18h-20h', 'Tu 18:00-20:00'],
    ['jours fériés : fermé', 'PH off'],
    ['lundi : à partir de 9 h', 'Mo 09:00+'],
    ['Monday to Friday: 9:00 – 17:00; Saturday: closed', 'Mo-Fr 09:00-17:00; Sa off']
  ])('%s', (typed, hours) => {
    expect(hoursFromWords(typed)).toBe(hours);
    expect(parseOpeningHours(hours).ok).toBe(true);
  });

  test.each(['9h-12h', 'le matin', 'lundi', 'lundi 25h-26h', 'lundi 9h-12h sur rendez-vous', '', ' ; '])(
    'nothing is guessed: "%s"',
    (typed) => {
      expect(hoursFromWords(typed)).toBeNull();
    }
  );

  test.each([
    'Mo,Tu 09:00-12:00,14:00-17:00; We 10:00-12:30',
    'Tu-Th 09:00-12:30,13:30-18:00; Mo 13:30-18:00; PH off',
    'Sa[3] 14:00-18:00',
    'Fr 22:00-02:00',
    'Mo-Su 00:00-24:00'
  ])('what a sheet says can be typed again: %s', (hours) => {
    for (const language of ['fr', 'en'] as const) {
      const said = describeOpeningHours(hours, language);
      expect(describeOpeningHours(hoursFromWords(said.join(' ; '))!, language)).toEqual(said);
    }
  });
});
