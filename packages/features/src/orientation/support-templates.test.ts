import { contextFor, testDatabase } from '@terreau/database/testing';
import type { Id } from '@terreau/kernel/ids';
import { expect, test } from 'vitest';
import { aStaffMember, aTerritory, must } from '../directory/directory.fixtures.ts';
import { adoptTemplate } from './adopt-template.command.ts';
import { findSupport } from './find-support.query.ts';
import { saveSupport } from './save-support.command.ts';
import { settleTemplateField } from './settle-template-field.command.ts';
import { shareSupport } from './share-support.command.ts';
import { aSupport, typedSupport } from './support.fixtures.ts';
import { listTemplates, supportDrift } from './support-templates.query.ts';

const engine = await testDatabase();
const there = await aTerritory(engine);
const here = await aTerritory(engine);
const owner = contextFor(engine, await aStaffMember(engine, there));
const adopter = contextFor(engine, await aStaffMember(engine, here));

const typed = { title: 'Fonds régional des associations', ceiling: '2000', whoMay: 'Les associations', themes: [] };
const edit = (ctx: typeof owner, territoryId: Id, supportId: Id, more: Record<string, unknown>) =>
  saveSupport(ctx, {
    territoryId,
    supportId,
    fields: typedSupport({ ...typed, ...more }),
    isChecked: true,
    isDraft: false
  });
const share = (supportId: Id, note: string | null = null) =>
  shareSupport(owner, { territoryId: there, supportId, note });
async function anAdoptedSheet() {
  const original = await aSupport(owner, there, typed);
  const { templateId } = must(await share(original));
  const adopted = must(await adoptTemplate(adopter, { territoryId: here, templateId }));
  return { original, templateId, adopted };
}
const drift = async (supportId: Id) =>
  (await supportDrift(adopter, here, supportId))!.fields.map(({ field, state, isSettled }) =>
    isSettled ? `${field}: ${state}, settled` : `${field}: ${state}`
  );

test('an adopted sheet is a draft that nobody here has checked, and is adopted once', async () => {
  const { templateId, adopted } = await anAdoptedSheet();
  expect(await findSupport(adopter, here, adopted)).toMatchObject({
    title: 'Fonds régional des associations',
    ceilingCents: 200_000,
    status: 'draft',
    standing: 'unchecked'
  });
  expect(await adoptTemplate(adopter, { territoryId: here, templateId })).toMatchObject({ code: 'already-adopted' });
  expect(await adoptTemplate(owner, { territoryId: there, templateId })).toMatchObject({ code: 'own-template' });
  const listed = (await listTemplates(adopter, { territoryId: here }))!.templates.find(({ id }) => id === templateId);
  expect(listed).toMatchObject({ adoptedAs: adopted, number: 1, isOwn: false });
});

test('each sheet shows, field by field, what was changed here, what is new there, and what is both', async () => {
  const { original, adopted } = await anAdoptedSheet();
  expect(await drift(adopted)).toEqual([]);
  must(
    await edit(adopter, here, adopted, { title: 'Fonds régional, antenne du Val', whoMay: 'Les associations du Val' })
  );
  expect(await drift(adopted)).toEqual(['title: ours-differs', 'whoMay: ours-differs']);
  must(await edit(owner, there, original, { ceiling: '3000', whoMay: 'Les associations de plus d’un an' }));
  expect(await drift(adopted)).toEqual(['title: ours-differs', 'whoMay: ours-differs']);
  must(await share(original, 'Le plafond a monté'));
  expect(await drift(adopted)).toEqual(['title: ours-differs', 'whoMay: both', 'ceilingCents: newer']);
  expect(await share(original)).toMatchObject({ code: 'nothing-new' });
});

test('the new value is taken field by field, or left with a note; a newer version asks again', async () => {
  const { original, adopted } = await anAdoptedSheet();
  must(await edit(owner, there, original, { ceiling: '3000', whoMay: 'Les associations déclarées' }));
  must(await share(original));
  const settle = (field: string, choice: 'take' | 'leave', number = 2, note: string | null = null) =>
    settleTemplateField(adopter, { territoryId: here, supportId: adopted, field, choice, number, note });
  expect(await settle('ceilingCents', 'take', 1)).toMatchObject({ code: 'moved-meanwhile' });
  must(await settle('ceilingCents', 'take'));
  expect(await findSupport(adopter, here, adopted)).toMatchObject({ ceilingCents: 300_000 });
  expect(await settle('whoMay', 'leave')).toMatchObject({ code: 'note-missing' });
  must(await settle('whoMay', 'leave', 2, 'Ici les groupes informels aussi'));
  expect(await drift(adopted)).toEqual(['whoMay: ours-differs, settled']);
  must(await edit(owner, there, original, { ceiling: '3000', whoMay: 'Toutes les associations' }));
  must(await share(original));
  expect(await drift(adopted)).toEqual(['whoMay: newer']);
  expect(await settle('territoryId', 'take', 3)).toMatchObject({ code: 'not-found' });
});

test('whoever keeps no catalogue here sees and decides nothing', async () => {
  const { adopted } = await anAdoptedSheet();
  expect(await supportDrift(owner, here, adopted)).toBeNull();
  expect(await listTemplates(owner, { territoryId: here })).toBeNull();
  const request = {
    territoryId: here,
    supportId: adopted,
    field: 'title',
    number: 1,
    choice: 'take',
    note: null
  } as const;
  expect(await settleTemplateField(owner, request)).toMatchObject({ code: 'not-found' });
});
