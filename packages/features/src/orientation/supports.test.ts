import { contextFor, testDatabase } from '@terreau/database/testing';
import { plusDays } from '@terreau/kernel/instants';
import { expect, test } from 'vitest';
import { addPost } from '../directory/add-post.command.ts';
import { aSheet, aStaffMember, aTerritory, anAccount, must, typedPost } from '../directory/directory.fixtures.ts';
import { readFields } from '../directory/directory.schema.ts';
import { checkSupport } from './check-support.command.ts';
import { findSupport } from './find-support.query.ts';
import { listKeptSupports } from './list-kept-supports.query.ts';
import { moveSupport } from './move-support.command.ts';
import { saveSupport } from './save-support.command.ts';
import { listPublishedSupports, readPublishedSupports } from './published-supports.query.ts';
import { searchSupports, type SupportSearch } from './search-supports.query.ts';
import { aSupport, typedSupport } from './support.fixtures.ts';
import { supportSchema } from './support.schema.ts';

const engine = await testDatabase();
const territoryId = await aTerritory(engine);
const account = await aStaffMember(engine, territoryId);
const NOW = new Date('2026-03-10T09:00:00Z');
const facilitator = contextFor(engine, account, NOW);
const visitor = contextFor(engine, undefined, NOW);
const resident = contextFor(engine, await anAccount(engine), NOW);
const titles = async (search: Partial<SupportSearch>, ctx = visitor) =>
  (await searchSupports(ctx, { territoryId, ...search })).items.map(({ title }) => title);

test('who proposes a sheet is searched as a name is, and under the new name once it is corrected', async () => {
  const fields = { kind: 'information', title: 'Aide au départ', provider: 'Fondation Brindille' };
  const supportId = await aSupport(facilitator, territoryId, fields);
  expect(await titles({ text: 'brindille' })).toEqual(['Aide au départ']);
  const renamed = typedSupport({ ...fields, provider: 'Fondation Ramure' });
  must(await saveSupport(facilitator, { territoryId, supportId, fields: renamed, isChecked: false, isDraft: false }));
  expect(await titles({ text: 'ramure' })).toEqual(['Aide au départ']);
  expect(await titles({ text: 'brindille' })).toEqual([]);
});

test('a funding sheet keeps its rates, its ceiling and its dates, and asks for its source', async () => {
  const id = await aSupport(facilitator, territoryId, {
    title: 'Coup de pouce associatif',
    minRate: '20',
    maxRate: '80 %',
    ceiling: '1 500,50',
    closesOn: '30/06/2026',
    whoMay: 'Les associations de moins de trois ans',
    recurrence: 'yearly'
  });
  expect(await findSupport(visitor, territoryId, id)).toMatchObject({
    minRateBasisPoints: 2000,
    maxRateBasisPoints: 8000,
    ceilingCents: 150_050,
    closesOn: '2026-06-30',
    checkedOn: '2026-03-10',
    checkedBy: 'Camille',
    standing: 'current'
  });
  const request = { territoryId, supportId: null, isChecked: false, isDraft: false };
  expect(await saveSupport(facilitator, { ...request, fields: typedSupport({ sourceUrl: '' }) })).toMatchObject({
    code: 'source-missing'
  });
  expect(readFields(supportSchema, { kind: 'funding', title: 'Fonds', minRate: '80', maxRate: '20' })).toMatchObject({
    problems: { maxRate: 'malformed-number' }
  });
});

test('ninety days after the last check a funding sheet is greyed; checked again today, it is proposed again', async () => {
  const id = await aSupport(facilitator, territoryId, { title: 'Fonds des fêtes' });
  const standingAt = async (days: number) =>
    (await findSupport(contextFor(engine, undefined, plusDays(NOW, days)), territoryId, id))!.standing;
  expect([await standingAt(90), await standingAt(91)]).toEqual(['current', 'stale']);
  const later = contextFor(engine, account, plusDays(NOW, 91));
  expect((await listKeptSupports(later, { territoryId, pile: 'due' }))!.items.map((sheet) => sheet.id)).toContain(id);
  must(await checkSupport(later, { territoryId, supportId: id }));
  expect(await standingAt(91)).toBe('current');
});

test('past its deadline, or not begun, a sheet is still found but is not open to requests', async () => {
  await aSupport(facilitator, territoryId, {
    kind: 'training',
    title: 'Formation trésorerie passée',
    closesOn: '2026-03-09'
  });
  await aSupport(facilitator, territoryId, {
    kind: 'training',
    title: 'Formation trésorerie à venir',
    opensOn: '2026-04-01'
  });
  await aSupport(facilitator, territoryId, { kind: 'training', title: 'Formation trésorerie ouverte' });
  await aSupport(facilitator, territoryId, { kind: 'training', title: 'Formation trésorerie pleine', capacity: '0' });
  expect(await titles({ text: 'trésorerie' })).toHaveLength(4);
  expect(await titles({ text: 'trésorerie', isOpenNow: true })).toEqual(['Formation trésorerie ouverte']);
});

test('people find in their own words: « local pour répéter » finds a room; accents and plurals change nothing', async () => {
  const organizationId = await aSheet(engine, territoryId, { name: 'Maison des musiques' });
  await addPost(facilitator, {
    territoryId,
    organizationId,
    fields: typedPost({
      kind: 'offer',
      category: 'room',
      title: 'Salle insonorisée',
      description: 'Répétitions le soir'
    })
  });
  await aSupport(facilitator, territoryId, { kind: 'equipment', title: 'Sono et micros', fees: 'gratuit' });
  await aSupport(facilitator, territoryId, { kind: 'information', title: 'Déclarer une association en préfecture' });
  expect((await titles({ text: 'local pour répéter' }))[0]).toBe('Salle insonorisée');
  expect((await titles({ text: 'declarer associations' }))[0]).toBe('Déclarer une association en préfecture');
  expect(await titles({ kinds: ['equipment'], fees: 'gratuit' })).toEqual(['Sono et micros']);
});

test('the list is paged without gap or double', async () => {
  const where = await aTerritory(engine);
  const staff = contextFor(engine, await aStaffMember(engine, where), NOW);
  for (let n = 1; n <= 7; n += 1) await aSupport(staff, where, { kind: 'information', title: `Fiche pratique ${n}` });
  const read = async (text?: string) => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await searchSupports(visitor, {
        territoryId: where,
        limit: 3,
        ...(text ? { text } : {}),
        ...(after ? { after } : {})
      });
      seen.push(...page.items.map(({ title }) => title));
      after = page.next ?? undefined;
      expect(page.total).toBe(7);
    } while (after);
    return seen.sort();
  };
  const all = [1, 2, 3, 4, 5, 6, 7].map((n) => `Fiche pratique ${n}`);
  expect(await read()).toEqual(all);
  expect(await read('pratique')).toEqual(all);
});

test('the open interface shows what everybody sees, and keeps mobile numbers on the page', async () => {
  const where = await aTerritory(engine);
  const staff = contextFor(engine, await aStaffMember(engine, where), NOW);
  const open = await aSupport(staff, where, { kind: 'room', title: 'Salle du bas', phone: '06 39 98 00 01' });
  const hidden = await aSupport(staff, where, { kind: 'room', title: 'Salle du haut' });
  must(await moveSupport(staff, { territoryId: where, supportId: hidden, move: 'hide' }));
  for (const ctx of [visitor, staff]) {
    const { items } = await listPublishedSupports(ctx, { territoryId: where, limit: 10 });
    expect(items).toMatchObject([{ id: open, title: 'Salle du bas', phone: null }]);
    expect(await readPublishedSupports(ctx, [hidden])).toEqual([]);
  }
  expect(await findSupport(visitor, where, open)).toMatchObject({
    phone: expect.stringContaining('639980001') as string
  });
});

test('hidden, a sheet is the team’s alone; withdrawn, it can still come back; residents change nothing', async () => {
  const supportId = await aSupport(facilitator, territoryId, { kind: 'information', title: 'Horaires de la mairie' });
  expect(await moveSupport(resident, { territoryId, supportId, move: 'hide' })).toMatchObject({ code: 'not-found' });
  must(await moveSupport(facilitator, { territoryId, supportId, move: 'hide' }));
  expect(await findSupport(visitor, territoryId, supportId)).toBeNull();
  expect(await titles({ text: 'horaires mairie' })).toEqual([]);
  expect(await findSupport(facilitator, territoryId, supportId)).toMatchObject({ status: 'hidden' });
  must(await moveSupport(facilitator, { territoryId, supportId, move: 'withdraw' }));
  expect(await moveSupport(facilitator, { territoryId, supportId, move: 'hide' })).toMatchObject({
    code: 'move-impossible'
  });
  must(await moveSupport(facilitator, { territoryId, supportId, move: 'show' }));
  expect(await titles({ text: 'horaires mairie' })).toEqual(['Horaires de la mairie']);
});

test('what follows the directory is changed in the directory', async () => {
  const organizationId = await aSheet(engine, territoryId);
  const fields = typedPost({ kind: 'offer', category: 'room', title: 'Cuisine partagée' });
  must(await addPost(facilitator, { territoryId, organizationId, fields }));
  const [sheet] = (await searchSupports(visitor, { territoryId, text: 'cuisine partagée' })).items;
  expect(sheet).toMatchObject({ followed: 'offer', kind: 'room', organization: { id: organizationId } });
  const request = { territoryId, supportId: sheet!.id };
  expect(
    await saveSupport(facilitator, { ...request, fields: typedSupport(), isChecked: true, isDraft: false })
  ).toMatchObject({ code: 'follows-a-sheet' });
  expect(await moveSupport(facilitator, { ...request, move: 'withdraw' })).toMatchObject({ code: 'follows-a-sheet' });
  must(await moveSupport(facilitator, { ...request, move: 'hide' }));
  must(await moveSupport(facilitator, { ...request, move: 'show' }));
});

test('another territory’s team sees nothing of the drafts and changes nothing', async () => {
  const supportId = await aSupport(facilitator, territoryId, { title: 'Brouillon de fonds' }, { isDraft: true });
  const elsewhere = await aTerritory(engine);
  const stranger = contextFor(engine, await aStaffMember(engine, elsewhere), NOW);
  expect(await findSupport(stranger, territoryId, supportId)).toBeNull();
  expect(await listKeptSupports(stranger, { territoryId, pile: 'draft' })).toBeNull();
  expect(await checkSupport(stranger, { territoryId: elsewhere, supportId })).toMatchObject({ code: 'not-found' });
});
