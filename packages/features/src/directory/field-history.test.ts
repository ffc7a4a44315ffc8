import { newId } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import { operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction, type Tx } from '@terreau/database/transaction';
import { expect, test } from 'vitest';
import { applyFields, rememberFirstFields, type FieldAuthor, type FieldSubject } from './field-history.ts';

const engine = await testDatabase();
const ctx = operatorContext(engine);
const person: FieldAuthor = { accountId: null, byHand: true, source: null, importRunId: null, now: ctx.now };
const file: FieldAuthor = { ...person, byHand: false, source: 'ville' };

test('a field that a person typed is left alone by a later import, which says so; the others follow the file', async () => {
  const subject = await anOrganization({ name: 'Le Fil', phone: '+33465710000' });
  await inside((tx) => applyFields(tx, subject, { phone: '+33465710000' }, { phone: '+33465711111' }, person));
  const applied = await inside((tx) =>
    applyFields(
      tx,
      subject,
      { name: 'Le Fil', phone: '+33465711111' },
      { name: 'Le Fil rouge', phone: '+33465710000' },
      file
    )
  );
  expect(applied).toEqual({ changed: ['name'], protected: ['phone'] });
  expect(await stored(subject)).toMatchObject({ name: 'Le Fil rouge', phone: '+33465711111' });
});

test('once the newest change comes from a file, the next file may change the field again', async () => {
  const subject = await anOrganization({ name: 'Le Fil' });
  await inside((tx) => applyFields(tx, subject, { name: 'Le Fil' }, { name: 'Fil' }, file));
  expect(await inside((tx) => applyFields(tx, subject, { name: 'Fil' }, { name: 'Le Fil' }, file))).toEqual({
    changed: ['name'],
    protected: []
  });
});

test('the value before, the value after, who and where from are kept', async () => {
  const subject = await anOrganization({ name: 'Le Fil' });
  await inside((tx) => applyFields(tx, subject, { themes: [] }, { themes: ['famille--garde-d-enfants'] }, file));
  expect(await changes(subject)).toMatchObject([
    { field: 'themes', previous: [], value: ['famille--garde-d-enfants'], by_hand: false, source: 'ville' }
  ]);
});

test('the same values, in another order or empty in another way, change nothing', async () => {
  const subject = await anOrganization({ name: 'Le Fil' });
  const applied = await inside((tx) =>
    applyFields(
      tx,
      subject,
      { name: 'Le Fil', themes: ['b', 'a'], publics: [], email: null },
      { name: 'Le Fil', themes: ['a', 'b'], publics: null, email: null, phone: undefined },
      person
    )
  );
  expect(applied).toEqual({ changed: [], protected: [] });
  expect(await changes(subject)).toEqual([]);
});

test('what a person typed at creation is protected as well', async () => {
  const subject = await anOrganization({ name: 'Le Fil' });
  await inside((tx) => rememberFirstFields(tx, subject, { name: 'Le Fil', phone: null }, person).then(() => undefined));
  const applied = await inside((tx) => applyFields(tx, subject, { name: 'Le Fil' }, { name: 'FIL' }, file));
  expect(applied).toEqual({ changed: [], protected: ['name'] });
});

test('a place of another organisation is never changed', async () => {
  const mine = await anOrganization({ name: 'Le Fil' });
  const other = await anOrganization({ name: 'Autre' });
  const placeId = await inside(async (tx) => {
    const row = { territory_id: other.territoryId, organization_id: other.id, label: 'Salle' };
    return (await tx.insertInto('place').values(row).returning('id').executeTakeFirstOrThrow()).id;
  });
  const crossed: FieldSubject = { ...mine, kind: 'place', id: placeId };
  await expect(
    inside((tx) => applyFields(tx, crossed, { label: 'Salle' }, { label: 'Prise' }, person))
  ).rejects.toThrow();
});

test('a column without history is a bug, and says so', async () => {
  const subject = await anOrganization({ name: 'Le Fil' });
  await expect(inside((tx) => applyFields(tx, subject, {}, { territory_id: newId() }, person))).rejects.toThrow(
    'no history'
  );
});

async function inside<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value> {
  const verdict = await transaction(ctx, 'test', async (tx) => accept(await work(tx)));
  if (!verdict.ok) throw new Error('refused');
  return verdict.value;
}

async function anOrganization(values: { name: string; phone?: string }): Promise<FieldSubject> {
  return inside(async (tx) => {
    const slug = `t-${newId()}`;
    const territory = await tx
      .insertInto('territory')
      .values({ slug, name: slug })
      .returning('id')
      .executeTakeFirstOrThrow();
    const { id } = await tx
      .insertInto('organization')
      .values({ territory_id: territory.id, ...values })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { kind: 'organization', id, organizationId: id, territoryId: territory.id };
  });
}

function stored(subject: FieldSubject) {
  return reading(ctx, (tx) =>
    tx.selectFrom('organization').select(['name', 'phone']).where('id', '=', subject.id).executeTakeFirstOrThrow()
  );
}

function changes(subject: FieldSubject) {
  return reading(ctx, (tx) => tx.selectFrom('field_change').selectAll().where('subject_id', '=', subject.id).execute());
}
