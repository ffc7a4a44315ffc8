import { plusDays } from '@terreau/kernel/instants';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { organizationSchema, placeSchema, readFields } from './directory.schema.ts';
import { quality, type QualitySubject } from './quality.rules.ts';
import { reservedWordIn } from './reserved-names.rules.ts';

const now = new Date('2026-06-01T00:00:00Z');
const full: QualitySubject = {
  phone: '+33465710000',
  email: null,
  website: null,
  description: 'x'.repeat(200),
  places: [{ address: '4 place du Marché', city: 'Valbrune' }],
  services: [{ mobilizationModes: ['telephoner'] }],
  confirmedAt: now
};

test('a complete and recent sheet has nothing left to do; an empty one is told what helps most', () => {
  expect(quality(full, now)).toMatchObject({ permille: 1000, next: [] });
  const empty = { ...full, phone: null, description: null, places: [], services: [], confirmedAt: null };
  expect(quality(empty, now)).toMatchObject({
    permille: 0,
    next: ['contact', 'address', 'description', 'mobilization', 'date']
  });
});

test('the date counts in full under six months, half-way through at fifteen, for nothing at two years', () => {
  const mark = (months: number) =>
    quality({ ...full, confirmedAt: plusDays(now, -months * 30.4375) }, now).marks.find(
      (each) => each.criterion === 'date'
    )?.permille;
  expect(mark(5.9)).toBe(1000);
  expect(mark(15)).toBe(500);
  expect(mark(24)).toBe(0);
});

test('a sheet never gets worse by being confirmed later', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 0, max: 1500 }), (older, newer) => {
      const [far, near] = [Math.max(older, newer), Math.min(older, newer)];
      const at = (days: number) => quality({ ...full, confirmedAt: plusDays(now, -days) }, now).permille;
      expect(at(near)).toBeGreaterThanOrEqual(at(far));
    })
  );
});

test('names of authorities are recognised whatever their accents and case, and only as whole words', () => {
  for (const name of [
    'Mairie de Valbrune',
    'PRÉFECTURE',
    'La C.A.F. du Cher'.replaceAll('.', ''),
    'Caisse d’allocations familiales',
    'Ville de Lyon'
  ]) {
    expect(reservedWordIn(name), name).not.toBeNull();
  }
  for (const name of ['Les mairies volantes', 'Café des sports', 'Cafouillage théâtre', 'Polices de caractères']) {
    expect(reservedWordIn(name), name).toBeNull();
  }
});

test('identifiers, numbers and addresses are cleaned when certain and refused with a word for each field when not', () => {
  const read = readFields(organizationSchema, {
    name: '  Le   Fil ',
    siret: '218 601 946 00000'.replaceAll(' ', '').slice(0, 13),
    rna: 'X12',
    phone: '04.65.71.04.33',
    website: 'javascript:alert(1)',
    email: 'contact@',
    themes: ['inconnu'],
    promiseMonths: '5'
  });
  expect(read).toEqual({
    ok: false,
    problems: {
      siret: 'malformed-siret',
      rna: 'malformed-rna',
      website: 'malformed-url',
      email: 'malformed-email',
      themes: 'unknown-code',
      promiseMonths: 'unknown-code'
    }
  });
  expect(
    readFields(organizationSchema, { name: ' Le  Fil ', phone: '04.65.71.04.33', website: 'fil.example.org' })
  ).toMatchObject({
    ok: true,
    value: { name: 'Le Fil', phone: '+33465710433', website: 'https://fil.example.org', promiseMonths: 12, siret: null }
  });
});

test('a position is read as maps write it, and hours that nobody can compute are refused', () => {
  for (const position of ['46.6694, 2.7265', '46,6694 ; 2,7265', '46.6694 2.7265', '46.6694,2.7265']) {
    expect(readFields(placeSchema, { position }), position).toMatchObject({
      value: { latitude: 46.6694, longitude: 2.7265 }
    });
  }
  expect(readFields(placeSchema, { position: 'près du pont' })).toMatchObject({
    problems: { position: 'malformed-position' }
  });
  expect(readFields(placeSchema, { openingHours: 'Mo-Fr 09:00-12:00' })).toMatchObject({ ok: true });
  expect(readFields(placeSchema, { openingHours: 'Lundi 9h-12h\nsamedi : fermé' })).toMatchObject({
    value: { openingHours: 'Mo 09:00-12:00; Sa off' }
  });
  expect(readFields(placeSchema, { openingHours: 'tous les matins' })).toMatchObject({
    problems: { openingHours: 'malformed-hours' }
  });
});

test('no form, however odd, throws or lets a longer text through than the database holds', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom('name', 'siret', 'website', 'phone', 'description', 'themes', 'other'),
        fc.anything()
      ),
      (form) => {
        const read = readFields(organizationSchema, form);
        if (read.ok) expect(read.value.name.length).toBeLessThanOrEqual(200);
      }
    )
  );
});

test('sending a form back untouched changes no word: line breaks and typographic spaces stay as they were', () => {
  const description = 'Le mardi\u202f: soupe.\nLe jeudi\u00a0: café «\u00a0debout\u00a0».';
  const read = readFields(organizationSchema, { name: 'Le Fil', description: description.replace('\n', '\r\n') });
  expect(read).toMatchObject({ ok: true, value: { description } });
});
