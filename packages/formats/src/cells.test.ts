import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  displayPhone,
  isSiret,
  plainForm,
  readCityCode,
  readDate,
  readEmail,
  readNumber,
  readPhone,
  readPostcode,
  readRna,
  readSiret,
  readText,
  readUrl,
  splitValues
} from './cells.ts';

describe('SIRET', () => {
  test('spaces, apostrophes and a final .0 are undone', () => {
    for (const typed of [
      '82917522300033',
      ' 829 175 223 00033 ',
      '82917522300033.0',
      "829 175 223 000 33'",
      '8.2917522300033E13',
      '8,2917522300033E+13'
    ])
      expect(readSiret(typed)).toEqual({ value: '82917522300033', reason: null, siren: '829175223' });
  });

  test('a number that the spreadsheet rounded is never taken for a SIRET', () => {
    expect(readSiret('21860194600000.0')).toEqual({ value: null, reason: 'siret-rounded', siren: '218601946' });
    expect(readSiret('2,18602E+13')).toEqual({ value: null, reason: 'siret-rounded', siren: null });
    expect(readSiret('7,86E+13')).toEqual({ value: null, reason: 'siret-rounded', siren: null });
  });

  test('lost leading zeros come back only when both keys are right', () => {
    const full = withKey('005520135', '0004');
    expect(readSiret(full.replace(/^0+/, ''))).toEqual({
      value: full,
      reason: 'siret-zeros-restored',
      siren: '005520135'
    });
    expect(readSiret('829175223000')).toMatchObject({ value: null, reason: 'siret-wrong-length' });
  });

  test('La Poste’s establishments fail the usual key, are kept, and are pointed out', () => {
    expect(readSiret('35600000015280')).toEqual({
      value: '35600000015280',
      reason: 'siret-la-poste',
      siren: '356000000'
    });
    expect(readSiret('35600000015281')).toMatchObject({ value: null, reason: 'siret-wrong-key' });
    expect(readSiret('35600000000048').reason).toBeNull();
  });

  test('a wrong key, zeros, a SIREN and words are each named for what they are', () => {
    expect(readSiret('82917522300034').reason).toBe('siret-wrong-key');
    expect(readSiret('00000000000000').reason).toBe('siret-placeholder');
    expect(readSiret('829175223')).toEqual({ value: null, reason: 'siret-wrong-length', siren: '829175223' });
    expect(readSiret('en cours').reason).toBe('siret-wrong-length');
    expect(readSiret(' - ')).toEqual({ value: null, reason: null, siren: null });
  });

  test('changing any single digit of any SIRET is noticed', () => {
    const anySiret = fc.tuple(fc.integer({ min: 100_000_000, max: 349_999_999 }), fc.integer({ min: 0, max: 9_999 }));
    fc.assert(
      fc.property(anySiret, fc.nat(13), fc.integer({ min: 1, max: 9 }), ([siren, nic], at, by) => {
        const siret = withKey(String(siren), String(nic).padStart(4, '0'));
        expect(isSiret(siret)).toBe(true);
        const changed = siret.slice(0, at) + ((Number(siret[at]) + by) % 10) + siret.slice(at + 1);
        expect(isSiret(changed)).toBe(false);
      })
    );
  });
});

describe('telephone', () => {
  test('a French number becomes international however it was typed', () => {
    for (const typed of [
      '04 67 34 70 00',
      '04.67.34.70.00',
      '0467347000',
      '+33 4 67 34 70 00',
      '+33 (0)4 67 34 70 00',
      '0033467347000',
      '467347000',
      '467347000.0',
      '04 67 34 70 00 / 04 67 00 00 00'
    ])
      expect(readPhone(typed)).toEqual({ value: '+33467347000', reason: null });
    expect(displayPhone('+33467347000')).toBe('04 67 34 70 00');
  });

  test('overseas numbers take their own prefix, short numbers stay as dialled', () => {
    expect(readPhone('0590 81 00 00').value).toBe('+590590810000');
    expect(readPhone('0692 12 34 56').value).toBe('+262692123456');
    expect(readPhone('39 49').value).toBe('3949');
    expect(displayPhone('+590590810000')).toBe('05 90 81 00 00');
  });

  test('what is no number is dropped and said', () => {
    for (const typed of ['04 67', 'demander à l’accueil', '00 00 00 00 00', '+33 12'])
      expect(readPhone(typed)).toEqual({ value: null, reason: 'phone-malformed' });
  });
});

describe('addresses on the net', () => {
  test('only http and https are kept, a missing scheme is https, plain slips are mended', () => {
    expect(readUrl('www.exemple.fr').value).toBe('https://www.exemple.fr');
    expect(readUrl('http://exemple.fr/a?b=c#d').value).toBe('http://exemple.fr/a?b=c#d');
    expect(readUrl('htpp://www.exemple.fr').value).toBe('http://www.exemple.fr');
    expect(readUrl('exemple.fr:8080/a').value).toBe('https://exemple.fr:8080/a');
  });

  test('schemes that run or reveal something are refused', () => {
    for (const typed of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'ftp://exemple.fr',
      'vbscript:x'
    ])
      expect(readUrl(typed)).toEqual({ value: null, reason: 'url-scheme-refused' });
    for (const typed of [
      'http://utilisateur:secret@exemple.fr',
      'http://localhost/',
      'http://127.0.0.1/',
      'http://[::1]/',
      'pas une url !',
      'contact@exemple.fr'
    ])
      expect(readUrl(typed).value).toBeNull();
  });

  test('whatever is typed, nothing but http and https ever comes out', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `javascript:${text}`)
        ),
        (typed) => {
          expect(readUrl(typed).value ?? 'https://').toMatch(/^https?:\/\//);
        }
      )
    );
  });

  test('e-mail addresses lose their spaces, wrong ones are said', () => {
    expect(readEmail(' Contact@Exemple.FR ').value).toBe('Contact@exemple.fr');
    for (const typed of ['pas une adresse', 'contact@exemple', 'a@b,fr', '@exemple.fr'])
      expect(readEmail(typed)).toEqual({ value: null, reason: 'email-malformed' });
  });
});

describe('codes, numbers and dates', () => {
  test('a postcode gets its zero back', () => {
    expect(readPostcode('1200')).toEqual({ value: '01200', reason: 'postcode-zero-restored' });
    expect(readPostcode('34 070')).toEqual({ value: '34070', reason: null });
    expect(readPostcode('34070.0').value).toBe('34070');
    expect(readPostcode('750121').reason).toBe('postcode-malformed');
  });

  test('codes of communes know Corsica and overseas', () => {
    expect(readCityCode('2a004').value).toBe('2A004');
    expect(readCityCode('2B14').value).toBe('2B014');
    expect(readCityCode('97105').value).toBe('97105');
    expect(readCityCode('1033').value).toBe('01033');
    for (const typed of ['20004', '2C004', '340172', '00001'])
      expect(readCityCode(typed).reason).toBe('city-code-malformed');
  });

  test('decimal commas and spaced thousands are numbers', () => {
    expect(readNumber('3,89967141').value).toBe(3.89967141);
    expect(readNumber('1 234,5').value).toBe(1234.5);
    expect(readNumber('1.234.567,8').value).toBe(1234567.8);
    expect(readNumber('beaucoup').reason).toBe('number-malformed');
  });

  test('a date is read from ISO, French order, words or a spreadsheet’s count of days', () => {
    for (const typed of [
      '2026-02-23',
      '23/02/2026',
      '23-02-26',
      '2026/02/23',
      '23 février 2026',
      'lundi 23 février 2026',
      '46076',
      '46076.5',
      '2026-02-23T10:00:00Z',
      '23/02/2026 14:30'
    ])
      expect(readDate(typed)).toEqual({ value: '2026-02-23', reason: null });
    for (const typed of ['31/02/2026', '2026-13-01', 'hier', '20'])
      expect(readDate(typed)).toEqual({ value: null, reason: 'date-malformed' });
  });

  test('an RNA is W and nine digits', () => {
    expect(readRna(' w343 012 345').value).toBe('W343012345');
    expect(readRna('W34301234').reason).toBe('rna-malformed');
    expect(readRna('0343012345').reason).toBe('rna-malformed');
  });

  test('several values are told apart by ; before | before comma', () => {
    expect(splitValues('a, b ; c', true)).toEqual(['a, b', 'c']);
    expect(splitValues('a|b|a', true)).toEqual(['a', 'b']);
    expect(splitValues('a, b', true)).toEqual(['a', 'b']);
    expect(splitValues('Adhésion : l’accès, payant', false)).toEqual(['Adhésion : l’accès, payant']);
  });

  test('text loses invisible marks and words for nothing', () => {
    expect(readText('\ufeff L’\u00a0été\u0000 ')).toBe('L’ été');
    for (const typed of ['', ' ', '-', 'NULL', 'n/a', 'Non renseigné']) expect(readText(typed)).toBeNull();
    expect(plainForm('  Sous-Domaine (œuvre) ÉTÉ')).toBe('sous domaine oeuvre ete');
  });
});

/** The SIRET of a SIREN and four digits, its key computed by hand: every second digit from the right counts double. */
function withKey(siren: string, nic: string): string {
  const base = siren + nic;
  const sum = [...base].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return base + ((10 - (sum % 10)) % 10);
}
