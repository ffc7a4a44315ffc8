import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import { sayMissing, sayReason } from '@terreau/matching/say';
import { describe, expect, test } from 'vitest';
import { aSheet, aStaffMember, aTerritory, anAccount, must } from '../directory/directory.fixtures.ts';
import { changeSetting } from '../territories/change-setting.command.ts';
import { aRequest } from './requests.fixtures.ts';
import { suggestForRequest } from './suggest-for-request.query.ts';
import { suggestSupports } from './suggest-supports.query.ts';

const NOW = new Date('2026-11-26T10:00:00Z');
const BIKES = 'mobilite--entretenir-reparer-son-vehicule';
const CAR = 'mobilite--acceder-a-un-vehicule';
const HERE = { latitude: 43.61, longitude: 3.87 };

const engine = await testDatabase();
const operator = operatorContext(engine, NOW);

interface Typed {
  readonly [column: string]: unknown;
}

async function aCatalogue(...supports: readonly Typed[]): Promise<{ territoryId: Id; ids: Id[] }> {
  const territoryId = await aTerritory(engine);
  const rows = supports.map((typed) => ({
    id: newId(),
    territory_id: territoryId,
    kind: 'service',
    title: 'Une aide',
    checked_on: '2026-11-14',
    ...typed
  }));
  must(
    await transaction(operator, 'fill', async (tx) => {
      await tx.insertInto('support').values(rows).execute();
      return accept();
    })
  );
  return { territoryId, ids: rows.map((row) => row.id) };
}

const visitor = () => contextFor(engine, undefined, NOW);
const label = (_: string, code: string) => code;

describe('what a territory’s catalogue proposes', () => {
  test('the same subject before a neighbouring one, with reasons; nothing about something else', async () => {
    const { territoryId, ids } = await aCatalogue(
      { title: 'Prêt de voiture', themes: [CAR] },
      { title: 'Atelier vélo', themes: [BIKES], ...HERE },
      { title: 'Cours de chant', themes: ['sante--addictions'] }
    );
    const found = await suggestSupports(visitor(), { territoryId, themes: [BIKES], near: HERE });
    expect(found.suggestions.map(({ sheet }) => sheet.id)).toEqual([ids[1], ids[0]]);
    expect(found.suggestions[0]!.reasons.map((reason) => sayReason(reason, 'fr', label))).toEqual([
      `Propose de l’aide pour : ${BIKES}.`,
      'À 50 m.',
      'Couvre votre territoire.',
      'Vérifié il y a 12 jours.',
      'Pas encore sollicité ces trois derniers mois.'
    ]);
    expect(found).toMatchObject({ compared: 2, isWhole: true, weightsVersion: '1' });
  });

  test('what is nearly possible says what is missing; what is not published is never proposed', async () => {
    const { territoryId, ids } = await aCatalogue(
      { title: 'Fonds des jeunes structures', kind: 'funding', themes: [BIKES], max_age_months: 36 },
      { title: 'Fonds jamais vérifié', kind: 'funding', themes: [BIKES], checked_on: null },
      { title: 'Brouillon', themes: [BIKES], status: 'draft' },
      { title: 'Cachée', themes: [BIKES], status: 'hidden' }
    );
    const found = await suggestSupports(visitor(), { territoryId, themes: [BIKES], ageMonths: 40 });
    expect(found.suggestions).toEqual([]);
    expect(found.nearMisses.map(({ sheet }) => sheet.id).toSorted()).toEqual([ids[0], ids[1]].toSorted());
    const said = found.nearMisses.flatMap(({ missing }) => missing.map((one) => sayMissing(one, 'fr', label)));
    expect(said).toContain('Fiche à confirmer. Possible dès que quelqu’un l’aura confirmée.');
    expect(said).toContain(
      'Réservé aux structures de 3 ans au plus ; la vôtre a 3 ans et 4 mois. Possible si une structure plus jeune porte le projet avec vous.'
    );
  });

  test('words find what no theme says', async () => {
    const { territoryId, ids } = await aCatalogue(
      { title: 'Salle de répétition', kind: 'room' },
      { title: 'Permanence juridique' }
    );
    const found = await suggestSupports(visitor(), { territoryId, text: 'un local pour répéter' });
    expect(found.suggestions.map(({ sheet }) => sheet.id)).toEqual([ids[0]]);
    expect(found.suggestions[0]!.reasons.map((reason) => reason.code)).toContain('words');
    expect((await suggestSupports(visitor(), { territoryId, text: 'xyzzy' })).suggestions).toEqual([]);
  });

  test('only the kinds that are asked for, and never the organisation that asks', async () => {
    const territoryId = await aTerritory(engine);
    const own = await aSheet(engine, territoryId, {});
    const room = { id: newId(), territory_id: territoryId, kind: 'room', title: 'Salle', themes: [BIKES] };
    const ours = { ...room, id: newId(), organization_id: own };
    must(
      await transaction(operator, 'fill', async (tx) => {
        await tx
          .insertInto('support')
          .values([room, ours, { ...room, id: newId(), kind: 'funding' }])
          .execute();
        return accept();
      })
    );
    const found = await suggestSupports(visitor(), {
      territoryId,
      themes: [BIKES],
      kinds: ['room'],
      organizationId: own
    });
    expect(found.suggestions.map(({ sheet }) => sheet.id)).toEqual([room.id]);
  });

  test('nothing of another territory', async () => {
    const territoryId = await aTerritory(engine);
    await aCatalogue({ themes: [BIKES] });
    expect((await suggestSupports(visitor(), { territoryId, themes: [BIKES] })).suggestions).toEqual([]);
  });

  test('a territory may weigh otherwise, with its reason kept, and may not weigh absurdly', async () => {
    const { territoryId, ids } = await aCatalogue(
      { title: 'Loin et vérifié', themes: [BIKES], checked_on: '2026-11-26' },
      { title: 'Près et ancien', themes: [BIKES], checked_on: '2025-12-20', ...HERE }
    );
    const order = async () =>
      (await suggestSupports(visitor(), { territoryId, themes: [BIKES], near: HERE })).suggestions.map(
        ({ sheet }) => sheet.id
      );
    expect(await order()).toEqual([ids[1], ids[0]]);
    const set = (value: unknown) =>
      changeSetting(operator, { territoryId, key: 'matching-weights', value, reason: 'Le bus passe partout ici.' });
    must(await set({ near: 0 }));
    expect(await order()).toEqual([ids[0], ids[1]]);
    expect(await set({ near: 1.5 })).toMatchObject({ code: 'invalid-setting', details: { field: 'near' } });
    expect(await set({ near: Number.NaN })).toMatchObject({ code: 'invalid-setting', details: { field: 'near' } });
    expect(await set({ family: 900 })).toMatchObject({ code: 'invalid-setting', details: { field: 'family' } });
    expect(await set({ friendship: 3 })).toMatchObject({ code: 'invalid-setting' });
    expect(await set('tout')).toMatchObject({ code: 'invalid-setting' });
  });

  test('an actor that has no place left comes after one that has', async () => {
    const { territoryId, ids } = await aCatalogue(
      { title: 'Plein', themes: [BIKES], capacity: 0 },
      { title: 'Libre', themes: [BIKES], capacity: 4 }
    );
    const found = await suggestSupports(visitor(), { territoryId, themes: [BIKES] });
    expect(found.suggestions.map(({ sheet }) => sheet.id)).toEqual([ids[1], ids[0]]);
  });
});

describe('for a request', () => {
  test('the team sees who can help, and what its words may be about; others see nothing', async () => {
    const { territoryId, ids } = await aCatalogue(
      { title: 'Atelier de réparation de vélos', themes: [BIKES] },
      { title: 'Local associatif', kind: 'room' },
      { title: 'Cours de chant' }
    );
    const { id } = await aRequest(engine, territoryId, NOW, { themes: [BIKES] });
    const facilitator = contextFor(engine, await aStaffMember(engine, territoryId), NOW);
    const found = must(await suggestForRequest(facilitator, territoryId, id));
    expect(found.suggestions.map(({ sheet }) => sheet.id)).toEqual([ids[0], ids[1]]);
    expect(found.proposedThemes.map(({ theme }) => theme)).toContain(BIKES);
    expect(found.proposedKinds.map(({ kind }) => kind)).toContain('room');
    for (const actor of [await anAccount(engine), await aStaffMember(engine, await aTerritory(engine))])
      expect(await suggestForRequest(contextFor(engine, actor, NOW), territoryId, id)).toMatchObject({
        code: 'not-found'
      });
  });

  test('an actor to whom much was offered lets its like pass, for the team who sees the offers', async () => {
    const { territoryId, ids } = await aCatalogue(
      { title: 'Souvent proposé', themes: [BIKES] },
      { title: 'Jamais proposé', themes: [BIKES] }
    );
    const { id } = await aRequest(engine, territoryId, NOW, { themes: [BIKES] });
    must(
      await transaction(operator, 'fill', async (tx) => {
        await tx
          .insertInto('request_offer')
          .values(
            Array.from({ length: 12 }, () => ({
              request_id: id,
              territory_id: territoryId,
              support_id: ids[0],
              shared_fields: ['sentence'],
              offered_at: new Date('2026-11-01T10:00:00Z'),
              expires_at: new Date('2026-11-09T10:00:00Z'),
              state: 'expired'
            }))
          )
          .execute();
        return accept();
      })
    );
    const facilitator = contextFor(engine, await aStaffMember(engine, territoryId), NOW);
    const found = must(await suggestForRequest(facilitator, territoryId, id));
    expect(found.suggestions.map(({ sheet }) => sheet.id)).toEqual([ids[1], ids[0]]);
    expect(found.suggestions[1]!.reasons).toContainEqual(
      expect.objectContaining({ code: 'turn', suggested: 12, answered: 0 })
    );
  });
});
