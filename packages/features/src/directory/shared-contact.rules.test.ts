import { expect, test } from 'vitest';
import { sharedContact } from './shared-contact.rules.ts';

const owner = { name: 'Régie des Tanneurs', acronym: null, website: 'https://regie-tanneurs.example' };
const shared = (email: string | null, phone: string | null) => sharedContact({ email, phone }, owner);

test('a function’s mailbox and a landline are shared', () => {
  expect(shared('accueil@regie-tanneurs.example', '04 67 12 34 56')).toEqual({
    email: 'accueil@regie-tanneurs.example',
    phone: '04 67 12 34 56'
  });
});

test('a mailbox in somebody’s name stays on the sheet', () => {
  expect(shared('awa.diallo@mailbox.example', null).email).toBeNull();
  expect(shared('awa.diallo@regie-tanneurs.example', null).email).toBeNull();
});

test('a mobile number stays on the sheet, however it is written, overseas too', () => {
  for (const phone of [
    '06 12 34 56 78',
    '+33 6 12 34 56 78',
    '0033712345678',
    '0692123456',
    '+262 692 12 34 56',
    '07.12.34.56.78'
  ])
    expect(shared(null, phone).phone, phone).toBeNull();
  for (const phone of [
    '0467123456',
    '+33 4 67 12 34 56',
    '0262 12 34 56',
    '3939',
    '0 800 12 34 56',
    '+262 262 12 34 56'
  ])
    expect(shared(null, phone).phone, phone).toBe(phone);
});
