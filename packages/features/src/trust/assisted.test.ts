import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import { accept } from '@terreau/kernel/verdict';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import {
  aSheet,
  aStaffMember,
  aTerritory,
  anAccount,
  must,
  sentMessages,
  typedOrganization
} from '../directory/directory.fixtures.ts';
import { readFields, skillSchema } from '../directory/directory.schema.ts';
import { DOOR_FIELDS, doorSchema, readDoor } from '../orientation/door.schema.ts';
import { listSkills } from '../directory/list-skills.query.ts';
import { assistedPersonSchema, contactSchema } from './assisted.schema.ts';
import { correctByReceipt } from './correct-by-receipt.command.ts';
import { enterForPerson, type AssistedPublication } from './enter-for-person.command.ts';
import { eraseByReceipt } from './erase-by-receipt.command.ts';
import { openReceipt } from './open-receipt.command.ts';
import { readReceipt } from './read-receipt.query.ts';
import { RECEIPTS_BY_ADDRESS } from './receipt-access.ts';
import { hashOfReceipt, newReceiptCode } from './receipt-code.ts';
import { withdrawByReceipt } from './withdraw-by-receipt.command.ts';

const engine = await testDatabase();
const territoryId = await aTerritory(engine);
const facilitator = contextFor(engine, await aStaffMember(engine, territoryId));
const visitor = contextFor(engine);
const origin = 'https://terreau.example';

const person = (typed: Record<string, string> = {}) =>
  v.parse(assistedPersonSchema, { name: 'Yamina B.', phone: '06 12 34 56 78', agreed: 'yes', ...typed });
function sewing(): AssistedPublication {
  const typed = {
    title: 'Coudre et reprendre',
    shownAs: 'first-name',
    shownName: 'Yamina',
    visibility: 'public',
    consent: 'yes'
  };
  const read = readFields(skillSchema, typed);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return { kind: 'skill', fields: read.value };
}
const enter = (publication = sewing(), typed: Record<string, string> = {}, ctx = facilitator) =>
  enterForPerson(ctx, { territoryId, person: person(typed), publication, origin });

test('a code is short, without signs that look alike, and read however it is typed', () => {
  const codes = Array.from({ length: 500 }, newReceiptCode);
  expect(new Set(codes).size).toBe(500);
  for (const code of codes) {
    expect(code).toMatch(/^([2-9A-HJKMNP-TV-Z]{4}-){2}[2-9A-HJKMNP-TV-Z]{4}$/);
    expect(hashOfReceipt(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe(hashOfReceipt(code));
    expect(hashOfReceipt(code)).not.toContain(code.slice(0, 4));
  }
  expect(hashOfReceipt('0000-0000-0000')).toBeNull();
});

test('where the territory says so, a member of a structure types a request for somebody, and nothing else', async () => {
  const organizationId = await aSheet(engine, territoryId);
  const grants = [{ role: 'organization-member', territoryId, organizationId }] as const;
  const member = contextFor(engine, await anAccount(engine, 'verified', grants));
  const typed = { sentence: 'Une salle pour répéter', phone: '06 12 34 56 78' };
  const read = readDoor(doorSchema, { ...Object.fromEntries(DOOR_FIELDS.map((name) => [name, ''])), ...typed });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const asked = { kind: 'request', door: 'need', fields: read.value, channel: 'counter', draftCode: null } as const;
  expect(await enter(asked, {}, member)).toMatchObject({ code: 'not-found' });
  must(
    await transaction(operatorContext(engine), 'set', async (tx) => {
      const row = { territory_id: territoryId, key: 'members-type-for-others', value: JSON.stringify(true) };
      await tx.insertInto('territory_setting').values(row).execute();
      return accept();
    })
  );
  expect(await enter(sewing(), {}, member)).toMatchObject({ code: 'not-found' });
  const { code, subjectId } = must(await enter(asked, {}, member));
  const row = await reading(facilitator, (tx) =>
    tx.selectFrom('request').select(['typed_by', 'state']).where('id', '=', subjectId).executeTakeFirstOrThrow()
  );
  expect(row.typed_by).toBe(member.actor.accountId);
  expect((await readReceipt(visitor, code))?.requests).toHaveLength(1);
  // They typed it, and do not read it afterwards.
  const seen = await reading(member, (tx) =>
    tx.selectFrom('request').select('id').where('id', '=', subjectId).execute()
  );
  expect(seen).toEqual([]);
  expect(await enter(asked, {}, contextFor(engine, await anAccount(engine)))).toMatchObject({ code: 'not-found' });
});

test('a telephone is enough; without a spoken yes nothing is written; the record shows who typed', async () => {
  expect(await enter(sewing(), { agreed: 'no' })).toMatchObject({ code: 'agreement-missing' });
  expect(await enter(sewing(), { phone: '', receipt: 'sms' })).toMatchObject({ code: 'phone-missing' });
  expect(await enter(sewing(), {}, visitor)).toMatchObject({ code: 'not-found' });
  const { personId, subjectId } = must(await enter());
  const [entry, consents] = await reading(operatorContext(engine), async (tx) => [
    await tx.selectFrom('assisted_entry').selectAll().where('person_id', '=', personId).executeTakeFirstOrThrow(),
    await tx.selectFrom('consent').selectAll().where('person_id', '=', personId).orderBy('id').execute()
  ]);
  expect(entry).toMatchObject({ typed_by: facilitator.actor.accountId, subject_id: subjectId, agreed_orally: true });
  expect(consents.map((consent) => [consent.channel, consent.text_version])).toEqual([
    ['oral', 'assisted-1'],
    ['oral', 'skill-1']
  ]);
  expect((await listSkills(visitor, { territoryId })).skills.map((skill) => skill.id)).toContain(subjectId);
});

test('with the code the person reads, corrects, takes back a consent, and has everything erased', async () => {
  const { code, subjectId } = must(await enter(sewing(), { receipt: 'sms', phone: '06 98 76 54 32' }));
  const [message] = await sentMessages(engine, '+33698765432');
  expect(message?.body_text).toContain(code);
  must(await openReceipt(visitor, { code, address: '2001:db8::2' }));
  const opened = (await readReceipt(visitor, code))!;
  expect(opened).toMatchObject({
    name: 'Yamina B.',
    phone: '+33698765432',
    skills: [{ title: 'Coudre et reprendre' }]
  });
  expect(JSON.stringify(opened)).not.toContain('Camille');

  const contact = v.parse(contactSchema, { name: 'Yamina Benali', phone: '', email: '' });
  must(await correctByReceipt(visitor, { code, contact }));
  expect(await readReceipt(visitor, code)).toMatchObject({ name: 'Yamina Benali', phone: null });

  const other = must(await enter());
  const shown = opened.consents.find((consent) => consent.version === 'skill-1')!;
  expect(await withdrawByReceipt(visitor, { code: other.code, consentId: shown.id })).toMatchObject({
    code: 'code-unknown'
  });
  must(await withdrawByReceipt(visitor, { code, consentId: shown.id }));
  const visible = (await listSkills(visitor, { territoryId })).skills.map((skill) => skill.id);
  expect(visible).not.toContain(subjectId);
  expect(visible).toContain(other.subjectId);

  must(await eraseByReceipt(visitor, { code }));
  expect(await readReceipt(visitor, code)).toBeNull();
  expect(await readReceipt(visitor, other.code)).toMatchObject({ name: 'Yamina B.' });
});

test('an informal group gets its sheet, and it goes with the person who asked for it', async () => {
  const fields = typedOrganization({ name: 'Les Jardins du bas', legalForm: 'informal-group' });
  const { code, subjectId } = must(await enter({ kind: 'organization', fields }));
  expect(await readReceipt(visitor, code)).toMatchObject({ sheets: [{ id: subjectId, name: 'Les Jardins du bas' }] });
  must(await eraseByReceipt(visitor, { code }));
  const left = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('organization').select('id').where('id', '=', subjectId).execute()
  );
  expect(left).toEqual([]);
});

test('nobody guesses a code: a wrong one opens nothing, and tries are counted', async () => {
  const tries = (address: string) => openReceipt(visitor, { code: newReceiptCode(), address });
  expect(await tries('203.0.113.4')).toMatchObject({ code: 'code-unknown' });
  for (let n = 1; n < RECEIPTS_BY_ADDRESS.hits; n += 1) await tries('203.0.113.4');
  expect(await tries('203.0.113.4')).toMatchObject({ code: 'too-many-attempts' });
  expect(await tries('203.0.113.5')).toMatchObject({ code: 'code-unknown' });
});
