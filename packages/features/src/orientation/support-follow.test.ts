import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import { expect, test } from 'vitest';
import { addPost } from '../directory/add-post.command.ts';
import { addSkill } from '../directory/add-skill.command.ts';
import { decideOrganization } from '../directory/decide-organization.command.ts';
import {
  aSheet,
  aStaffMember,
  aTerritory,
  anAccount,
  must,
  typedPlace,
  typedPost,
  typedService
} from '../directory/directory.fixtures.ts';
import { movePost } from '../directory/move-post.command.ts';
import { removeService } from '../directory/remove-service.command.ts';
import { savePlace } from '../directory/save-place.command.ts';
import { saveService } from '../directory/save-service.command.ts';
import { withdrawConsent } from '../trust/withdraw-consent.command.ts';

const engine = await testDatabase();
const territoryId = await aTerritory(engine);
const facilitator = contextFor(engine, await aStaffMember(engine, territoryId));
const operator = operatorContext(engine);

const catalogue = (organizationId: Id) =>
  reading(operator, (tx) =>
    tx.selectFrom('support').selectAll().where('organization_id', '=', organizationId).orderBy('id').execute()
  );
const documents = (organizationId: Id) =>
  reading(operator, (tx) =>
    tx
      .selectFrom('search_document')
      .innerJoin('support', 'support.id', 'search_document.organization_id')
      .select('search_document.name')
      .where('support.organization_id', '=', organizationId)
      .execute()
  );
const aService = (organizationId: Id, typed: Record<string, unknown>, serviceId: Id | null = null) =>
  saveService(facilitator, { territoryId, organizationId, serviceId, fields: typedService(typed), placeIds: [] });

test('the service of a published organisation is in the catalogue, with its themes, its publics, its contact and its place', async () => {
  const organizationId = await aSheet(engine, territoryId, {
    phone: '04 65 71 00 10',
    themes: ['remobilisation--lien-social']
  });
  must(
    await savePlace(facilitator, {
      territoryId,
      organizationId,
      placeId: null,
      fields: typedPlace({ label: 'Salle', address: '2 quai des Mariniers', city: 'Valbrune', position: '46.65, 2.69' })
    })
  );
  must(await aService(organizationId, { name: 'Aide au bafa', publics: ['jeunes'], fees: 'gratuit' }));
  expect(await catalogue(organizationId)).toMatchObject([
    {
      kind: 'service',
      title: 'Aide au bafa',
      themes: ['remobilisation--lien-social'],
      publics: ['jeunes'],
      fees: 'gratuit',
      phone: '+33465710010',
      place_words: 'Salle, 2 quai des Mariniers, Valbrune',
      latitude: 46.65,
      status: 'published'
    }
  ]);
  expect(await documents(organizationId)).toEqual([{ name: 'Aide au bafa' }]);
});

test('what changes on the sheet changes in the catalogue; what leaves it leaves the catalogue', async () => {
  const organizationId = await aSheet(engine, territoryId);
  const serviceId = must(await aService(organizationId, { name: 'Ecrivain public' }));
  must(await aService(organizationId, { name: 'Écrivain public', conditions: 'Sur rendez-vous' }, serviceId));
  const [followed] = await catalogue(organizationId);
  expect(followed).toMatchObject({ title: 'Écrivain public', conditions: 'Sur rendez-vous' });
  must(await removeService(facilitator, { territoryId, organizationId, serviceId }));
  expect(await catalogue(organizationId)).toEqual([]);
  expect(await documents(organizationId)).toEqual([]);
});

test('a hidden sheet takes its supports with it, and brings them back; what the team hid stays hidden', async () => {
  const organizationId = await aSheet(engine, territoryId);
  must(await aService(organizationId, { name: 'Repas partagé' }));
  must(await aService(organizationId, { name: 'Vestiaire' }));
  const states = async () => (await catalogue(organizationId)).map(({ title, status }) => `${title}: ${status}`).sort();
  await transaction(facilitator, 'hide', async (tx) => {
    await tx
      .updateTable('support')
      .set({ status: 'hidden' })
      .where('organization_id', '=', organizationId)
      .where('title', '=', 'Vestiaire')
      .execute();
    return accept();
  });
  const decide = (decision: 'hidden' | 'restored') =>
    decideOrganization(facilitator, {
      territoryId,
      organizationId,
      decision,
      reason: 'false',
      explanation: 'Fermée',
      origin: 'https://terreau.example'
    });
  must(await decide('hidden'));
  expect(await states()).toEqual(['Repas partagé: withdrawn', 'Vestiaire: hidden']);
  expect(await documents(organizationId)).toEqual([]);
  must(await decide('restored'));
  expect(await states()).toEqual(['Repas partagé: published', 'Vestiaire: hidden']);
});

test('an open offer of a room or of a vehicle is in the catalogue until it is taken; a need never is', async () => {
  const organizationId = await aSheet(engine, territoryId);
  const add = async (typed: Record<string, unknown>) =>
    must(await addPost(facilitator, { territoryId, organizationId, fields: typedPost(typed) }));
  await add({ kind: 'need', category: 'room', title: 'Une salle le jeudi' });
  await add({ kind: 'offer', category: 'money', title: 'Un petit fonds' });
  await add({ kind: 'offer', category: 'vehicle', title: 'Camionnette le samedi' });
  const room = await add({ kind: 'offer', category: 'room', title: 'Grande salle' });
  const kinds = async () =>
    (await catalogue(organizationId))
      .filter(({ status }) => status === 'published')
      .map(({ kind, title }) => `${kind}: ${title}`)
      .sort();
  expect(await kinds()).toEqual(['equipment: Camionnette le samedi', 'room: Grande salle']);
  must(await movePost(facilitator, { territoryId, postId: room, to: 'in-contact', outcome: null, expiresOn: null }));
  expect(await kinds()).toEqual(['equipment: Camionnette le samedi']);
});

test('a person is in the catalogue as they wish and while they agree: the consent withdrawn, nothing is left', async () => {
  const account = await anAccount(engine);
  const author = contextFor(engine, account);
  const fields = { title: 'Réparer un vélo', description: null, consent: 'yes' as const };
  const add = async (visibility: 'public' | 'facilitators') =>
    must(
      await addSkill(author, { territoryId, fields: { ...fields, visibility, shownAs: 'anonymous', shownName: null } })
    );
  const open = await add('public');
  const team = await add('facilitators');
  const seenBy = (ctx: typeof author) =>
    reading(ctx, (tx) =>
      tx.selectFrom('support').select('skill_id').where('skill_id', 'in', [open.id, team.id]).execute()
    );
  expect(await seenBy(contextFor(engine))).toEqual([{ skill_id: open.id }]);
  expect(await seenBy(facilitator)).toHaveLength(2);
  const found = await reading(operator, (tx) =>
    tx.selectFrom('search_document').select('name').where('name', '=', 'Réparer un vélo').execute()
  );
  expect(found).toHaveLength(1);
  const { consent_id } = await reading(operator, (tx) =>
    tx.selectFrom('skill').select('consent_id').where('id', '=', open.id).executeTakeFirstOrThrow()
  );
  must(await withdrawConsent(author, { consentId: consent_id }));
  expect(await seenBy(operator)).toEqual([{ skill_id: team.id }]);
});

test('a funding sheet is proposed 90 days after it was checked, never past its deadline, and not at all unchecked', async () => {
  const until = (more: Record<string, unknown>) =>
    transaction(facilitator, 'add', async (tx) => {
      const row = { territory_id: territoryId, kind: 'funding', title: 'Fonds de quartier', ...more };
      return accept(
        (await tx.insertInto('support').values(row).returning('proposed_until').executeTakeFirstOrThrow())
          .proposed_until
      );
    });
  expect(must(await until({ checked_on: '2026-01-01' }))).toBe('2026-04-01');
  expect(must(await until({ checked_on: '2026-01-01', closes_on: '2026-02-15' }))).toBe('2026-02-15');
  expect(must(await until({}))).toBe('0001-01-01');
  expect(must(await until({ kind: 'training' }))).toBeNull();
});
