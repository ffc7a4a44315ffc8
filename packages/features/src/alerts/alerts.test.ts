import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { plusDays } from '@terreau/kernel/instants';
import { accept } from '@terreau/kernel/verdict';
import { expect, test } from 'vitest';
import { aSheet, aTerritory, anAccount, must, sentMessages, typedPost } from '../directory/directory.fixtures.ts';
import { addPost } from '../directory/add-post.command.ts';
import { chooseMessages } from '../trust/choose-messages.command.ts';
import { isAlertDue } from './alert-days.rules.ts';
import { SEARCHES_MAX_COUNT, type SearchCriteria, type SearchSubject } from './alerts.schema.ts';
import { changeSearch } from './change-search.command.ts';
import { confirmSearch } from './confirm-search.command.ts';
import { listSearches } from './list-searches.query.ts';
import { saveSearch, type SaveSearchRequest } from './save-search.command.ts';
import { criteriaIn, searchHref } from './search-address.rules.ts';
import { sendAlerts } from './send-alerts.command.ts';

const engine = await testDatabase();
const origin = 'https://terreau.example';
/** A Monday, at ten in Paris. */
const monday = new Date('2026-11-23T09:00:00Z');

function aSearch(territoryId: Id, more: Partial<SaveSearchRequest> = {}): SaveSearchRequest {
  const none = { email: null, phone: null };
  const base = { territoryId, about: 'directory', criteria: {}, label: 'Tout l’annuaire', frequency: 'daily' } as const;
  return { ...base, contact: none, address: newId(), origin, ...more };
}

async function aReader(about: SearchSubject, criteria: SearchCriteria, more: Partial<SaveSearchRequest> = {}) {
  const territoryId = await aTerritory(engine);
  const actor = await anAccount(engine);
  const ctx = contextFor(engine, actor, monday);
  const saved = must(await saveSearch(ctx, aSearch(territoryId, { about, criteria, ...more })));
  return { territoryId, ctx, email: actor.email, id: saved.id };
}

const round = (now: Date) => sendAlerts(operatorContext(engine, now), { origin }).then(must);
const tomorrow = plusDays(monday, 1);

test('news leave in the morning of the territory: the next day, week or month, whatever the clocks do', () => {
  const looked = new Date('2026-10-24T09:00:00Z');
  const at = (time: string) => new Date(time);
  expect(isAlertDue('daily', looked, at('2026-10-25T06:30:00Z'), 'Europe/Paris')).toBe(false);
  expect(isAlertDue('daily', looked, at('2026-10-25T07:00:00Z'), 'Europe/Paris')).toBe(true);
  expect(isAlertDue('daily', looked, at('2026-10-24T18:00:00Z'), 'Europe/Paris')).toBe(false);
  expect(isAlertDue('daily', looked, at('2026-10-25T22:00:00Z'), 'Europe/Paris')).toBe(false);
  expect(isAlertDue('weekly', looked, at('2026-10-30T10:00:00Z'), 'Europe/Paris')).toBe(false);
  expect(isAlertDue('weekly', looked, at('2026-10-31T10:00:00Z'), 'Europe/Paris')).toBe(true);
  const lastOfJanuary = at('2027-01-31T10:00:00Z');
  expect(isAlertDue('monthly', lastOfJanuary, at('2027-02-27T10:00:00Z'), 'Europe/Paris')).toBe(false);
  expect(isAlertDue('monthly', lastOfJanuary, at('2027-02-28T10:00:00Z'), 'Europe/Paris')).toBe(true);
  expect(isAlertDue('never', looked, at('2028-01-01T10:00:00Z'), 'Europe/Paris')).toBe(false);
  expect(isAlertDue('daily', looked, at('2026-10-25T00:00:00Z'), 'Pacific/Noumea')).toBe(true);
});

test('an alert tells what is new since the last time, once, and nothing when nothing is new', async () => {
  const { territoryId, email } = await aReader('directory', { text: 'vélo' }, { label: 'vélo' });
  await aSheet(engine, territoryId, { name: 'Le Vélo d’avant' }, null, plusDays(monday, -3));
  await round(tomorrow);
  expect(await sentMessages(engine, email)).toHaveLength(0);

  await aSheet(engine, territoryId, { name: 'Atelier vélo neuf' }, null, plusDays(monday, 1.5));
  await aSheet(engine, territoryId, { name: 'Chorale du port' }, null, plusDays(monday, 1.5));
  await round(plusDays(monday, 2));
  await round(new Date(plusDays(monday, 2).getTime() + 3_600_000));
  await round(plusDays(monday, 3));
  const messages = await sentMessages(engine, email);
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatchObject({ subject: 'Valbrune : une nouveauté pour vous', channel: 'mail' });
  expect(messages[0]!.body_text).toContain('Atelier vélo neuf');
  expect(messages[0]!.body_text).not.toMatch(/Chorale|d’avant/);
  expect(messages[0]!.body_text).toContain(`${origin}/account/alerts`);
  expect(messages[0]!.headers).toHaveProperty('List-Unsubscribe-Post');
});

test('two rounds at the same moment send one message', async () => {
  const { territoryId, email } = await aReader('directory', {});
  await aSheet(engine, territoryId, { name: 'Le Nouveau' }, null, plusDays(monday, 0.5));
  const twice = [tomorrow, new Date(tomorrow.getTime() + 5)];
  await Promise.all(twice.map((now) => round(now)));
  expect(await sentMessages(engine, email)).toHaveLength(1);
});

test('all the searches of somebody come in one message, a few lines each, and say how many there are in all', async () => {
  const { territoryId, ctx, email } = await aReader('directory', {}, { label: 'Annuaire' });
  must(
    await saveSearch(
      ctx,
      aSearch(territoryId, { about: 'need', label: 'Besoins de salles', criteria: { category: 'room' } })
    )
  );
  const sheets = Array.from({ length: 7 }, (_, index) => `Structure ${index}`);
  for (const name of sheets) await aSheet(engine, territoryId, { name }, null, plusDays(monday, 0.5));
  const owner = await aSheet(engine, territoryId, { name: 'La Bouilloire' }, null, plusDays(monday, -9));
  const later = operatorContext(engine, plusDays(monday, 0.5));
  must(
    await addPost(later, { organizationId: owner, territoryId, fields: typedPost({ title: 'Une salle le jeudi' }) })
  );
  must(
    await addPost(later, {
      organizationId: owner,
      territoryId,
      fields: typedPost({ title: 'Un fourgon', category: 'vehicle' })
    })
  );
  await round(tomorrow);
  const messages = await sentMessages(engine, email);
  expect(messages).toHaveLength(1);
  const { subject, body_text: text } = messages[0]!;
  expect(subject).toBe('Valbrune : 8 nouveautés pour vous');
  expect(text.match(/Structure \d/g)).toHaveLength(5);
  expect(text).toContain('et 2 de plus');
  expect(text).toContain('Une salle le jeudi');
  expect(text).not.toContain('fourgon');
});

test('a support whose deadline is past, or that nobody checked for ninety days, is no news', async () => {
  const { territoryId, email } = await aReader('support', {}, { label: 'Aides' });
  const created_at = plusDays(monday, 0.5);
  const sheet = { territory_id: territoryId, kind: 'funding', status: 'published', created_at };
  await transaction(operatorContext(engine), 'prepare', async (tx) => {
    const rows = [
      { ...sheet, title: 'Aide à jour', checked_on: '2026-11-20' },
      { ...sheet, title: 'Aide close', checked_on: '2026-11-20', closes_on: '2026-11-22' },
      { ...sheet, title: 'Aide vieillie', checked_on: '2026-06-01' },
      { ...sheet, title: 'Aide jamais vérifiée' },
      { ...sheet, title: 'Aide en préparation', checked_on: '2026-11-20', status: 'draft' }
    ];
    for (const row of rows) await tx.insertInto('support').values(row).execute();
    return accept();
  });
  await round(tomorrow);
  const [mail] = await sentMessages(engine, email);
  expect(mail!.body_text).toContain('Aide à jour');
  expect(mail!.body_text).not.toMatch(/close|vieillie|jamais|préparation/);
});

test('without an account nothing is sent before the owner of the address says yes; then they change and stop it by the same link', async () => {
  const territoryId = await aTerritory(engine);
  const visitor = contextFor(engine, undefined, monday);
  const email = `${newId()}@example.org`;
  const request = aSearch(territoryId, { contact: { email, phone: null }, label: 'Paniers' });
  expect(must(await saveSearch(visitor, request)).waitsFor).toBe('mail');
  await aSheet(engine, territoryId, { name: 'Le Nouveau' }, null, plusDays(monday, 0.5));
  await round(tomorrow);
  const [question] = await sentMessages(engine, email);
  expect(await sentMessages(engine, email)).toHaveLength(1);
  const token = /\/alerts\/(\S+)/.exec(question!.body_text)![1]!;

  expect(await listSearches(visitor, token)).toMatchObject({ searches: [], toConfirm: { label: 'Paniers' } });
  must(await confirmSearch({ ...visitor, now: tomorrow }, token));
  await aSheet(engine, territoryId, { name: 'Le Suivant' }, null, plusDays(monday, 1.5));
  await round(plusDays(monday, 2));
  const [, news] = await sentMessages(engine, email);
  expect(news!.body_text).toContain('Le Suivant');
  expect(news!.body_text).not.toContain('Le Nouveau');
  expect(news!.body_text).toContain(`${origin}/alerts/${token}`);

  const { searches } = (await listSearches(visitor, token))!;
  must(await changeSearch(visitor, { token, searchId: searches[0]!.id, frequency: 'never' }));
  await aSheet(engine, territoryId, { name: 'Encore un' }, null, plusDays(monday, 2.5));
  await round(plusDays(monday, 3));
  expect(await sentMessages(engine, email)).toHaveLength(2);
  must(await changeSearch(visitor, { token, searchId: searches[0]!.id, frequency: 'remove' }));
  expect(await listSearches(visitor, token)).toBeNull();
});

test('a telephone number is enough', async () => {
  const territoryId = await aTerritory(engine);
  const visitor = contextFor(engine, undefined, monday);
  const phone = '+33639980199';
  must(await saveSearch(visitor, aSearch(territoryId, { contact: { email: null, phone } })));
  const [question] = await sentMessages(engine, phone);
  must(await confirmSearch(visitor, /\/alerts\/(\S+)/.exec(question!.body_text)![1]!));
  await aSheet(engine, territoryId, { name: 'Le Nouveau' }, null, plusDays(monday, 0.5));
  await round(tomorrow);
  const [, news] = await sentMessages(engine, phone);
  expect(news).toMatchObject({ channel: 'sms' });
  expect(news!.body_text).toMatch(/1 nouveauté pour « Tout l’annuaire »[^]*STOP: /);
});

test('whoever unsubscribed from alerts gets none, and the round goes on', async () => {
  const { territoryId, email } = await aReader('directory', {});
  const news = (day: number) => aSheet(engine, territoryId, { name: `Jour ${day}` }, null, plusDays(monday, day - 0.5));
  await news(1);
  await round(tomorrow);
  const [mail] = await sentMessages(engine, email);
  const token = /\/unsubscribe\/(\S+)/.exec(mail!.body_text)![1]!;
  must(await chooseMessages(contextFor(engine), { token, refused: 'this-one' }));
  await news(2);
  await round(plusDays(monday, 2));
  expect(await sentMessages(engine, email)).toHaveLength(1);
});

test('twenty searches for one person, three questions a day to one address, and nobody touches another’s', async () => {
  const { territoryId, ctx, id } = await aReader('directory', {});
  for (let count = 1; count < SEARCHES_MAX_COUNT; count += 1) must(await saveSearch(ctx, aSearch(territoryId)));
  expect(await saveSearch(ctx, aSearch(territoryId))).toMatchObject({ code: 'too-many-searches' });

  const visitor = contextFor(engine, undefined, monday);
  const flood = aSearch(territoryId, { contact: { email: `${newId()}@example.org`, phone: null } });
  for (let count = 0; count < 3; count += 1) must(await saveSearch(visitor, { ...flood, address: newId() }));
  expect(await saveSearch(visitor, { ...flood, address: newId() })).toMatchObject({ code: 'too-many-attempts' });
  expect(await saveSearch(visitor, aSearch(territoryId))).toMatchObject({ code: 'contact-missing' });

  const other = contextFor(engine, await anAccount(engine), monday);
  const change = { token: null, searchId: id, frequency: 'remove' } as const;
  for (const who of [visitor, other]) expect(await changeSearch(who, change)).toMatchObject({ code: 'not-found' });
  expect(await changeSearch(visitor, { ...change, token: `${id}.forged` })).toMatchObject({ code: 'not-found' });
  expect(await listSearches(visitor, `${id}.forged`)).toBeNull();
  expect((await listSearches(other, null))!.searches).toEqual([]);
  const seen = await reading(other, (tx) => tx.selectFrom('saved_search').selectAll().execute());
  expect(seen).toEqual([]);
});

test('a search is written in the address bar and read back the same', () => {
  const criteria = {
    text: 'salle & café',
    themes: ['a--b', 'c'],
    kinds: ['need'],
    category: 'room',
    fees: 'gratuit' as const
  };
  const href = searchHref('valbrune', { about: 'need', criteria });
  expect(href.startsWith('/valbrune/needs?')).toBe(true);
  expect(criteriaIn(new URL(href, origin).searchParams)).toEqual(criteria);
  expect(
    criteriaIn(
      new URLSearchParams({ neighbourhood: 'nowhere', fees: 'peu', q: 'x'.repeat(999), theme: 'y'.repeat(999) })
    )
  ).toEqual({
    text: 'x'.repeat(120)
  });
});
