import type { Context } from '@terreau/database/context';
import { contextFor, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { expect, test } from 'vitest';
import { aStaffMember, aTerritory, must } from '../directory/directory.fixtures.ts';
import { supportSchema } from '../orientation/support.schema.ts';
import * as v from 'valibot';
import { agreeDiagnosis } from './agree-diagnosis.command.ts';
import { answerDiagnosis } from './answer-diagnosis.command.ts';
import { compareDiagnosis } from './compare-diagnosis.command.ts';
import { consentToDiagnosis, type ConsentPurpose } from './consent-to-diagnosis.command.ts';
import type { Answer } from './diagnosis.rules.ts';
import { findDiagnosisConsents } from './find-diagnosis-consents.query.ts';
import { listDiagnosisCounts } from './list-diagnosis-counts.query.ts';
import { offerHelp } from './offer-help.command.ts';
import { openDossier } from './open-dossier.command.ts';
import { releaseDiagnosisCounts } from './release-diagnosis-counts.command.ts';
import { signDiagnosis } from './sign-diagnosis.command.ts';
import { startDiagnosis } from './start-diagnosis.command.ts';
import { inCircle, inDays, typedDossier } from './support.fixtures.ts';

const engine = await testDatabase();

/** A structure whose short diagnosis both sides agreed on and signed. */
async function aSigned(territoryId: Id, facilitator: Context, agreed: Record<string, Answer>) {
  const dossierId = must(
    await openDossier(facilitator, { territoryId, fields: typedDossier(), origin: 'https://terreau.example' })
  );
  const diagnosisId = must(await startDiagnosis(facilitator, { territoryId, dossierId, form: 'short' }));
  const address = { territoryId, dossierId, diagnosisId };
  const answers = new Map(Object.entries(agreed));
  for (const paperOf of ['Présidence', null])
    must(await answerDiagnosis(facilitator, { ...address, paperOf, answers, isFinal: true }));
  must(await compareDiagnosis(facilitator, address));
  const items = [...answers].map(([item, answer]) => ({ item, answer, importance: 1, evidence: null }));
  must(await agreeDiagnosis(facilitator, { ...address, agreedOn: inDays(0), peoplePresent: 'Nous', items }));
  for (const onPaper of [true, false]) must(await signDiagnosis(facilitator, { ...address, onPaper }));
  return address;
}

type Address = Awaited<ReturnType<typeof aSigned>>;

async function aTerritoryThatCounts() {
  const territoryId = await aTerritory(engine);
  const facilitator = contextFor(engine, await aStaffMember(engine, territoryId));
  const coordinator = contextFor(engine, await aStaffMember(engine, territoryId, 'coordinator'));
  const sign = (level: 1 | 2 | 3 | 4) => aSigned(territoryId, facilitator, { 'D1.1': level });
  const consent = (address: Address, items = ['D1.1'], purpose: ConsentPurpose = 'count') =>
    consentToDiagnosis(facilitator, { ...address, purpose, items, channel: 'paper' });
  const counts = async () => (await listDiagnosisCounts(coordinator, territoryId))!;
  return { territoryId, facilitator, coordinator, sign, consent, counts };
}

test('structures are counted from five on, each once, and only by the items that they let be counted', async () => {
  const { territoryId, facilitator, coordinator, sign, consent, counts } = await aTerritoryThatCounts();
  const release = () => releaseDiagnosisCounts(coordinator, territoryId);
  for (const level of [1, 2, 3, 4] as const) must(await consent(await sign(level)));
  await sign(4);
  expect(await counts()).toEqual({ releases: [], isReady: false });
  expect(await release()).toMatchObject({ code: 'too-few-structures' });
  for (const level of [1, 1, 2, 3, 3, 4] as const) must(await consent(await sign(level)));
  expect(await releaseDiagnosisCounts(facilitator, territoryId)).toMatchObject({ code: 'not-found' });
  expect(await listDiagnosisCounts(facilitator, territoryId)).toBeNull();
  must(await release());
  const { releases, isReady } = await counts();
  expect(isReady).toBe(false);
  expect(releases).toMatchObject([{ number: 1, structures: 10 }]);
  expect(releases[0]!.dimensions[0]).toEqual({ code: 'D1', levels: null, halves: [5, 5], missing: 0 });
  expect(releases[0]!.dimensions[1]).toEqual({ code: 'D2', levels: null, halves: null, missing: 10 });
});

test('two exports have no structure in common: who comes later is not found by subtraction, and a count never changes', async () => {
  const { territoryId, coordinator, sign, consent, counts } = await aTerritoryThatCounts();
  const release = () => releaseDiagnosisCounts(coordinator, territoryId);
  const signed = [];
  for (let n = 0; n < 10; n += 1) signed.push(await sign(n < 5 ? 2 : 3));
  for (const address of signed) must(await consent(address));
  must(await release());
  const before = (await counts()).releases;
  // One more structure, one that takes its yes back, one that says it again: nothing may be released, nothing changes.
  must(await consent(await sign(1)));
  must(await consent(signed[0]!, []));
  must(await consent(signed[0]!));
  expect(await release()).toMatchObject({ code: 'too-few-structures' });
  expect((await counts()).releases).toEqual(before);
  for (let n = 0; n < 9; n += 1) must(await consent(await sign(n < 5 ? 4 : 1)));
  must(await release());
  const [second, first] = (await counts()).releases;
  expect(first).toEqual(before[0]);
  expect(second).toMatchObject({ number: 2, structures: 10 });
  expect(second!.dimensions[0]).toMatchObject({ halves: [5, 5] });
});

test('a yes taken back before the count is not counted; the trace says who said what, when', async () => {
  const { territoryId, facilitator, coordinator, sign, consent } = await aTerritoryThatCounts();
  const signed = [];
  for (let n = 0; n < 5; n += 1) signed.push(await sign(2));
  for (const address of signed) must(await consent(address));
  expect(must(await consent(signed[0]!, []))).toEqual({ given: 0, withdrawn: 1 });
  expect(await releaseDiagnosisCounts(coordinator, territoryId)).toMatchObject({ code: 'too-few-structures' });
  const { consents, isCounted } = (await findDiagnosisConsents(facilitator, signed[0]!))!;
  expect(isCounted).toBe(false);
  expect(consents).toMatchObject([{ item: 'D1.1', purpose: 'count', channel: 'paper' }]);
  expect(consents[0]!.withdrawnAt).not.toBeNull();
  expect(consents[0]!.givenBy).toBe(consents[0]!.withdrawnBy);
});

test('the structure says yes for itself; whoever accompanies only writes down how it said so; nobody says more than was agreed', async () => {
  const { territoryId, facilitator, coordinator, sign } = await aTerritoryThatCounts();
  const address = await sign(3);
  const president = await inCircle(engine, { territoryId, dossierId: address.dossierId, facilitator }, 'carrier');
  const observer = await inCircle(engine, { territoryId, dossierId: address.dossierId, facilitator }, 'observer');
  const say = (ctx: Context, channel: 'page' | 'oral', items = ['D1.1'], purpose: ConsentPurpose = 'count') =>
    consentToDiagnosis(ctx, { ...address, purpose, items, channel });
  expect(await say(facilitator, 'page')).toMatchObject({ code: 'consent-not-yours' });
  expect(await say(president, 'oral')).toMatchObject({ code: 'consent-not-yours' });
  expect(await say(observer, 'page')).toMatchObject({ code: 'not-found' });
  expect(await say(coordinator, 'page')).toMatchObject({ code: 'not-found' });
  expect(await say(president, 'page', ['D2.1'])).toMatchObject({ code: 'item-not-agreed' });
  expect(await say(president, 'page', ['D1.1'], 'share')).toMatchObject({ code: 'item-not-agreed' });
  must(await say(president, 'page'));
  expect(must(await say(president, 'page'))).toEqual({ given: 0, withdrawn: 0 });
  expect(must(await say(president, 'page', []))).toEqual({ given: 0, withdrawn: 1 });
  const all = { ...address, purpose: 'count', items: 'all', channel: 'page' } as const;
  expect(must(await consentToDiagnosis(president, all))).toEqual({ given: 1, withdrawn: 0 });
});

test('what is done at level 4 becomes a help that is reviewed like any sheet, and leaves with the yes', async () => {
  const { territoryId, facilitator, sign, consent } = await aTerritoryThatCounts();
  const address = await sign(4);
  const fields = v.parse(supportSchema, { kind: 'service', title: 'Entraide : qui décide ?' });
  const offer = () => offerHelp(facilitator, { ...address, item: 'D1.1', fields });
  expect(await offer()).toMatchObject({ code: 'consent-missing' });
  must(await consent(address, ['D1.1'], 'share'));
  const supportId = must(await offer());
  expect(await offer()).toMatchObject({ code: 'help-already-offered' });
  const status = async () =>
    reading(facilitator, (tx) =>
      tx.selectFrom('support').select(['status', 'title']).where('id', '=', supportId).executeTakeFirst()
    );
  expect(await status()).toEqual({ status: 'draft', title: 'Entraide : qui décide ?' });
  const president = await inCircle(engine, { territoryId, dossierId: address.dossierId, facilitator }, 'carrier');
  must(await consentToDiagnosis(president, { ...address, purpose: 'share', items: [], channel: 'page' }));
  expect(await status()).toMatchObject({ status: 'withdrawn' });
});
