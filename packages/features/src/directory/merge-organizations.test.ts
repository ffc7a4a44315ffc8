import { operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction, type Tx } from '@terreau/database/transaction';
import { accept } from '@terreau/kernel/verdict';
import { newId } from '@terreau/kernel/ids';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { compareDuplicate, listDuplicates } from './duplicates.query.ts';
import { findDuplicates } from './find-duplicates.command.ts';
import { markDifferent } from './mark-different.command.ts';
import { mergeOrganizations } from './merge-organizations.command.ts';
import { undoMerge } from './undo-merge.command.ts';

const engine = await testDatabase();
const ctx = () => operatorContext(engine);

async function write<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value> {
  const verdict = await transaction(ctx(), 'prepare', async (tx) => accept(await work(tx)));
  if (!verdict.ok) throw new Error('refused');
  return verdict.value;
}

/** A territory with two sheets of one structure, each with its place, its service, its need and its member. */
async function twoSheets() {
  const slug = `t${newId().slice(-8)}`;
  return write(async (tx) => {
    const { id: territoryId } = await tx
      .insertInto('territory')
      .values({ slug, name: slug })
      .returning('id')
      .executeTakeFirstOrThrow();
    const sheet = async (
      values: { name: string; acronym?: string; phone?: string; themes: string[] },
      address: string
    ) => {
      const { id } = await tx
        .insertInto('organization')
        .values({ ...values, territory_id: territoryId, status: 'published', legal_form: 'association' })
        .returning('id')
        .executeTakeFirstOrThrow();
      const shared = { territory_id: territoryId, organization_id: id };
      const place = await tx
        .insertInto('place')
        .values({ ...shared, address, postcode: '34000' })
        .returning('id')
        .executeTakeFirstOrThrow();
      const service = await tx
        .insertInto('service')
        .values({ ...shared, name: `Atelier ${address}` })
        .returning('id')
        .executeTakeFirstOrThrow();
      await tx.insertInto('service_place').values({ service_id: service.id, place_id: place.id }).execute();
      await tx
        .insertInto('post')
        .values({ ...shared, kind: 'need', category: 'room', title: 'Une salle le mardi', expires_on: '2030-01-01' })
        .execute();
      const account = await tx
        .insertInto('account')
        .values({ name: 'Membre', email: `${newId()}@example.org` })
        .returning('id')
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('role_grant')
        .values({ ...shared, account_id: account.id, role: 'organization-member' })
        .execute();
      return id;
    };
    return {
      territoryId,
      first: await sheet({ name: 'Atelier des Tisserands', phone: '+33400000001', themes: [] }, '3 rue du Moulin'),
      second: await sheet(
        { name: 'ASS. ATELIER DES TISSERANDS', acronym: 'ADT', themes: ['numerique--acceder-a-du-materiel'] },
        '12 rue du Four'
      )
    };
  });
}

/** A checksum of every row of the tables that a merge may touch. */
async function checksums(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  await reading(ctx(), async (tx) => {
    for (const table of [
      'organization',
      'place',
      'service',
      'service_place',
      'post',
      'role_grant',
      'correction',
      'field_change',
      'duplicate_pair',
      'organization_source'
    ]) {
      const { rows } = await sql<{
        sum: string;
      }>`select coalesce(md5(string_agg(row_text, '|' order by row_text)), '') as sum
        from (select t::text as row_text from ${sql.table(table)} t) as r`.execute(tx);
      found[table] = rows[0]!.sum;
    }
  });
  return found;
}

test('two sheets of one structure are found with reasons, side by side, and become one', async () => {
  const { territoryId, first, second } = await twoSheets();
  const found = await findDuplicates(ctx(), territoryId);
  expect(found).toMatchObject({ ok: true, value: { sheets: 2, open: 1, added: 1 } });
  const [pair] = (await listDuplicates(ctx(), territoryId, null))!.pairs;
  expect(pair!.reasons).toContain('same-name');
  const compared = await compareDuplicate(ctx(), territoryId, pair!.id);
  expect(compared!.fields.find((field) => field.field === 'phone')).toMatchObject({ isSame: false });
  const merged = await mergeOrganizations(ctx(), { territoryId, keptId: first, absorbedId: second, choices: {} });
  expect(merged.ok).toBe(true);
  const after = await reading(ctx(), async (tx) => ({
    kept: await tx.selectFrom('organization').selectAll().where('id', '=', first).executeTakeFirstOrThrow(),
    absorbed: await tx.selectFrom('organization').selectAll().where('id', '=', second).executeTakeFirstOrThrow(),
    places: await tx.selectFrom('place').select('id').where('organization_id', '=', first).execute(),
    members: await tx.selectFrom('role_grant').select('id').where('organization_id', '=', first).execute()
  }));
  expect(after.kept).toMatchObject({
    name: 'Atelier des Tisserands',
    acronym: 'ADT',
    phone: '+33400000001',
    themes: ['numerique--acceder-a-du-materiel']
  });
  expect(after.absorbed).toMatchObject({ status: 'merged', merged_into: first });
  expect(after.places).toHaveLength(2);
  expect(after.members).toHaveLength(2);
  expect((await listDuplicates(ctx(), territoryId, null))!.pairs).toEqual([]);
});

test('after an import only its own sheets are compared, and what was asked about the others stays asked', async () => {
  const { territoryId, first, second } = await twoSheets();
  expect(await findDuplicates(ctx(), territoryId, { among: [] })).toMatchObject({ value: { sheets: 0, open: 0 } });
  expect(await findDuplicates(ctx(), territoryId, { among: [second] })).toMatchObject({
    value: { sheets: 1, open: 1, added: 1 }
  });
  const { id: other } = await write((tx) =>
    tx
      .insertInto('organization')
      .values({ territory_id: territoryId, name: 'Zadigozinc', status: 'published' })
      .returning('id')
      .executeTakeFirstOrThrow()
  );
  expect(await findDuplicates(ctx(), territoryId, { among: [other] })).toMatchObject({ value: { open: 1, added: 0 } });
  await write((tx) =>
    tx.updateTable('organization').set({ name: 'Les Zinzins', phone: null }).where('id', '=', first).execute()
  );
  expect(await findDuplicates(ctx(), territoryId, { among: [first] })).toMatchObject({ value: { open: 0 } });
});

test('undoing a merge puts every row back as it was', async () => {
  const { territoryId, first, second } = await twoSheets();
  await findDuplicates(ctx(), territoryId);
  const before = await checksums();
  const merged = await mergeOrganizations(ctx(), {
    territoryId,
    keptId: second,
    absorbedId: first,
    choices: { name: 'absorbed', themes: 'absorbed' }
  });
  if (!merged.ok) throw new Error(merged.code);
  expect(await checksums()).not.toEqual(before);
  const undone = await undoMerge(ctx(), { territoryId, mergeId: merged.value.mergeId });
  expect(undone).toMatchObject({ ok: true, value: { keptId: second, absorbedId: first } });
  expect(await checksums()).toEqual(before);
  expect(await undoMerge(ctx(), { territoryId, mergeId: merged.value.mergeId })).toMatchObject({
    ok: false,
    code: 'already-undone'
  });
});

test('what somebody typed on the kept sheet after the merge survives its undoing', async () => {
  const { territoryId, first, second } = await twoSheets();
  const merged = await mergeOrganizations(ctx(), { territoryId, keptId: first, absorbedId: second, choices: {} });
  if (!merged.ok) throw new Error(merged.code);
  await write((tx) => tx.updateTable('organization').set({ acronym: 'ATELIER' }).where('id', '=', first).execute());
  await undoMerge(ctx(), { territoryId, mergeId: merged.value.mergeId });
  const kept = await reading(ctx(), (tx) =>
    tx.selectFrom('organization').selectAll().where('id', '=', first).executeTakeFirstOrThrow()
  );
  expect(kept).toMatchObject({ acronym: 'ATELIER', themes: [] });
});

test('a pair marked as two structures is not asked again', async () => {
  const { territoryId } = await twoSheets();
  await findDuplicates(ctx(), territoryId);
  const [pair] = (await listDuplicates(ctx(), territoryId, null))!.pairs;
  expect(await markDifferent(ctx(), { territoryId, pairId: pair!.id })).toMatchObject({ ok: true });
  expect(await findDuplicates(ctx(), territoryId)).toMatchObject({ ok: true, value: { open: 0, added: 0 } });
  expect(await compareDuplicate(ctx(), territoryId, pair!.id)).toBeNull();
});

test('a sheet cannot be merged with itself, nor twice, nor by somebody from elsewhere', async () => {
  const { territoryId, first, second } = await twoSheets();
  const elsewhere = await twoSheets();
  expect(await mergeOrganizations(ctx(), { territoryId, keptId: first, absorbedId: first, choices: {} })).toMatchObject(
    { code: 'same-sheet' }
  );
  expect(
    await mergeOrganizations(ctx(), { territoryId, keptId: first, absorbedId: elsewhere.first, choices: {} })
  ).toMatchObject({ code: 'not-found' });
  await mergeOrganizations(ctx(), { territoryId, keptId: first, absorbedId: second, choices: {} });
  expect(
    await mergeOrganizations(ctx(), { territoryId, keptId: first, absorbedId: second, choices: {} })
  ).toMatchObject({ code: 'already-merged' });
  const stranger = {
    ...ctx(),
    actor: {
      accountId: newId(),
      grants: [{ role: 'coordinator' as const, territoryId: elsewhere.territoryId, organizationId: null }],
      trust: 'verified' as const,
      isOperator: false
    }
  };
  expect(
    await mergeOrganizations(stranger, { territoryId, keptId: first, absorbedId: second, choices: {} })
  ).toMatchObject({ code: 'not-found' });
  expect(await listDuplicates(stranger, territoryId, null)).toBeNull();
});
