import { VISITOR } from '@terreau/database/context';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import { newId } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import { expect, test } from 'vitest';
import { createOrganization, WAITING_SHEETS_MAX_COUNT } from './create-organization.command.ts';
import { decideOrganization } from './decide-organization.command.ts';
import {
  aSheet,
  aStaffMember,
  aTerritory,
  anAccount,
  must,
  sentMessages,
  typedOrganization,
  typedPlace,
  typedService
} from './directory.fixtures.ts';
import { editOrganization } from './edit-organization.command.ts';
import { findOrganization } from './find-organization.query.ts';
import { organizationHistory } from './organization-history.query.ts';
import { removePlace } from './remove-place.command.ts';
import { savePlace } from './save-place.command.ts';
import { saveService } from './save-service.command.ts';

const engine = await testDatabase();
const territoryId = await aTerritory(engine);
const facilitator = await aStaffMember(engine, territoryId);

const asked = (typed: Record<string, unknown>, isAnother = false) => ({
  territoryId,
  fields: typedOrganization(typed),
  place: null,
  isAnother
});
const sheetSeenBy = (actor: Parameters<typeof contextFor>[1], id: string) =>
  findOrganization(contextFor(engine, actor), territoryId, id);

test('a new account’s sheet waits for a human; nobody else sees it until it is approved, and the author is told', async () => {
  const author = await anAccount(engine, 'new');
  const created = must(await createOrganization(contextFor(engine, author), asked({ name: 'Les Voisins du quai' })));
  expect(created).toMatchObject({ status: 'held', reason: 'new-account' });
  expect(await sheetSeenBy(VISITOR, created.id)).toBeNull();
  expect(await sheetSeenBy(author, created.id)).toMatchObject({
    kind: 'sheet',
    sheet: { status: 'held', linksWork: false, mayEdit: true }
  });

  const decision = {
    territoryId,
    organizationId: created.id,
    decision: 'approved',
    reason: 'fine',
    explanation: null,
    origin: 'https://terreau.example'
  } as const;
  expect(await decideOrganization(contextFor(engine, author), decision)).toMatchObject({
    ok: false,
    code: 'not-found'
  });
  must(await decideOrganization(contextFor(engine, facilitator), decision));
  expect(await sheetSeenBy(VISITOR, created.id)).toMatchObject({
    kind: 'sheet',
    sheet: { status: 'published', linksWork: true }
  });
  expect((await sentMessages(engine, author.email))[0]?.subject).toContain('Les Voisins du quai');
  const known = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('account').select('trust').where('id', '=', author.accountId).executeTakeFirstOrThrow()
  );
  expect(known.trust).toBe('verified');
});

test('a known account publishes at once; a facilitator too', async () => {
  const known = await anAccount(engine, 'verified');
  expect(must(await createOrganization(contextFor(engine, known), asked({ name: 'Chorale du port' })))).toMatchObject({
    status: 'published'
  });
  expect(
    must(await createOrganization(contextFor(engine, facilitator), asked({ name: 'Mairie annexe' })))
  ).toMatchObject({
    status: 'published'
  });
});

test('nobody publishes as the town hall or under the name of a neighbour without a human looking at it', async () => {
  const known = contextFor(engine, await anAccount(engine, 'trusted'));
  expect(must(await createOrganization(known, asked({ name: 'Préfecture de Valbrune' })))).toMatchObject({
    status: 'held',
    reason: 'reserved-name'
  });
  await aSheet(engine, territoryId, { name: 'Le Café des Étoiles' });
  const again = await createOrganization(known, asked({ name: 'le cafe des ETOILES' }));
  expect(again).toMatchObject({ ok: false, code: 'already-there', details: { name: 'Le Café des Étoiles' } });
  expect(must(await createOrganization(known, asked({ name: 'Le café des étoiles' }, true)))).toMatchObject({
    status: 'held'
  });
});

test('a published sheet cannot be renamed into the town hall by its author', async () => {
  const author = await anAccount(engine);
  const id = await aSheet(engine, territoryId, {}, author);
  const request = { territoryId, organizationId: id, seenAt: null, confirms: false };
  const renamed = { ...request, fields: typedOrganization({ name: 'Mairie de Valbrune' }) };
  expect(await editOrganization(contextFor(engine, author), renamed)).toMatchObject({
    ok: false,
    code: 'name-reserved'
  });
  expect(await editOrganization(contextFor(engine, facilitator), renamed)).toMatchObject({ ok: true });
});

test('one account cannot fill the queue', async () => {
  const author = contextFor(engine, await anAccount(engine, 'new'));
  for (let n = 0; n < WAITING_SHEETS_MAX_COUNT; n += 1) {
    must(await createOrganization(author, asked({ name: `Groupe ${newId()}` })));
  }
  expect(await createOrganization(author, asked({ name: 'Un de trop' }))).toMatchObject({ code: 'too-many-waiting' });
});

test('a stranger and another territory’s facilitator edit nothing, and learn nothing', async () => {
  const id = await aSheet(engine, territoryId);
  const elsewhere = await aStaffMember(engine, await aTerritory(engine));
  const request = {
    territoryId,
    organizationId: id,
    fields: typedOrganization({ name: 'Pris' }),
    seenAt: null,
    confirms: false
  };
  for (const actor of [VISITOR, await anAccount(engine), elsewhere]) {
    expect(await editOrganization(contextFor(engine, actor), request)).toMatchObject({ ok: false, code: 'not-found' });
    expect(await organizationHistory(contextFor(engine, actor), request)).toBeNull();
  }
});

test('two people who edit the same sheet do not erase each other’s words', async () => {
  const author = await anAccount(engine);
  const id = await aSheet(engine, territoryId, { name: 'Jardin partagé' }, author);
  const found = await sheetSeenBy(author, id);
  if (found?.kind !== 'sheet') throw new Error('no sheet');
  const seenAt = found.sheet.updatedAt.toISOString();
  const edit = (phone: string) =>
    editOrganization(contextFor(engine, author), {
      territoryId,
      organizationId: id,
      fields: typedOrganization({ name: 'Jardin partagé', phone }),
      seenAt,
      confirms: false
    });
  expect(await edit('04 65 71 00 01')).toMatchObject({ ok: true, value: { changed: ['phone'] } });
  expect(await edit('04 65 71 00 02')).toMatchObject({ ok: false, code: 'changed-meanwhile' });
});

test('the history says what a field was, what it became and who changed it', async () => {
  const author = await anAccount(engine);
  const id = await aSheet(engine, territoryId, { name: 'Ressourcerie', phone: '04 65 71 00 01' }, author);
  const fields = typedOrganization({ name: 'Ressourcerie', phone: '04 65 71 00 09' });
  must(
    await editOrganization(contextFor(engine, author), {
      territoryId,
      organizationId: id,
      fields,
      seenAt: null,
      confirms: true
    })
  );
  const history = await organizationHistory(contextFor(engine, author), { territoryId, organizationId: id });
  expect(history?.entries[0]).toMatchObject({
    field: 'phone',
    previous: '+33465710001',
    value: '+33465710009',
    author: 'Camille',
    byHand: true
  });
});

test('hiding a sheet needs an explanation, which its author receives; it can be shown again', async () => {
  const author = await anAccount(engine);
  const id = await aSheet(engine, territoryId, { name: 'Club' }, author);
  const staff = contextFor(engine, facilitator);
  const hide = {
    territoryId,
    organizationId: id,
    decision: 'hidden',
    reason: 'false',
    origin: 'https://terreau.example'
  } as const;
  expect(await decideOrganization(staff, { ...hide, explanation: ' ' })).toMatchObject({ code: 'explanation-missing' });
  must(await decideOrganization(staff, { ...hide, explanation: 'L’association est dissoute depuis mars.' }));
  expect(await sheetSeenBy(VISITOR, id)).toBeNull();
  expect((await sentMessages(engine, author.email)).at(-1)?.body_text).toContain('dissoute depuis mars');
  must(await decideOrganization(staff, { ...hide, decision: 'restored', reason: 'fine', explanation: null }));
  expect(await sheetSeenBy(VISITOR, id)).toMatchObject({ kind: 'sheet' });
});

test('a place and a service are added, changed and shown; a place of another organisation cannot be used', async () => {
  const author = await anAccount(engine);
  const ctx = contextFor(engine, author);
  const organizationId = await aSheet(engine, territoryId, {}, author);
  const otherId = await aSheet(engine, territoryId);
  const place = typedPlace({
    address: '4 place du Marché',
    city: 'Valbrune',
    postcode: '96350',
    position: '46.6694, 2.7265'
  });
  const placeId = must(await savePlace(ctx, { territoryId, organizationId, placeId: null, fields: place }));
  const theirs = must(
    await savePlace(operatorContext(engine), { territoryId, organizationId: otherId, placeId: null, fields: place })
  );
  const fields = typedService({ name: 'Courses à petit prix', fees: 'payant', mobilizationModes: ['telephoner'] });
  const request = { territoryId, organizationId, serviceId: null, fields };
  expect(await saveService(ctx, { ...request, placeIds: [theirs] })).toMatchObject({
    ok: false,
    code: 'place-unknown'
  });
  must(await saveService(ctx, { ...request, placeIds: [placeId] }));
  expect(await savePlace(ctx, { territoryId, organizationId, placeId: theirs, fields: place })).toMatchObject({
    code: 'not-found'
  });
  const found = await sheetSeenBy(VISITOR, organizationId);
  expect(found).toMatchObject({
    sheet: {
      places: [{ id: placeId, latitude: 46.6694, city: 'Valbrune' }],
      services: [{ name: 'Courses à petit prix', placeIds: [placeId] }],
      quality: null
    }
  });
  must(await removePlace(ctx, { territoryId, organizationId, placeId }));
  expect(await sheetSeenBy(author, organizationId)).toMatchObject({
    sheet: { places: [], services: [{ placeIds: [] }] }
  });
});

test('the address of an absorbed sheet leads to the one that stands, however many merges later', async () => {
  const [first, second, third] = [
    await aSheet(engine, territoryId),
    await aSheet(engine, territoryId),
    await aSheet(engine, territoryId)
  ];
  await transaction(operatorContext(engine), 'merge', async (tx) => {
    for (const [from, to] of [
      [first, second],
      [second, third]
    ] as const) {
      await tx.updateTable('organization').set({ status: 'merged', merged_into: to }).where('id', '=', from).execute();
    }
    return accept();
  });
  expect(await sheetSeenBy(VISITOR, first)).toEqual({ kind: 'merged', keptId: third });
});
