import { VISITOR } from '@terreau/database/context';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import { expect, test } from 'vitest';
import { addSkill, SKILL_CONSENT_VERSION } from './add-skill.command.ts';
import { aSheet, aStaffMember, aTerritory, anAccount, must } from './directory.fixtures.ts';
import { readFields, skillSchema, type SkillFields } from './directory.schema.ts';
import { listSkills } from './list-skills.query.ts';
import { publishSkill } from './publish-skill.command.ts';
import { withdrawSkill } from './withdraw-skill.command.ts';

const engine = await testDatabase();
const territoryId = await aTerritory(engine);
const facilitator = contextFor(engine, await aStaffMember(engine, territoryId));
const organizationId = await aSheet(engine, territoryId);
const member = contextFor(
  engine,
  await anAccount(engine, 'verified', [{ role: 'organization-member', territoryId, organizationId }])
);
const visitor = contextFor(engine, VISITOR);

function typed(more: Record<string, unknown> = {}): SkillFields {
  const base = {
    title: 'Réparer un vélo',
    shownAs: 'first-name',
    shownName: 'Ama',
    visibility: 'public',
    consent: 'yes'
  };
  const read = readFields(skillSchema, { ...base, ...more });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}
const seenBy = async (ctx: typeof visitor) => (await listSkills(ctx, { territoryId })).skills.map((skill) => skill.id);

test('nothing is shown without a yes, and a name is asked for only by those who wish to be named', () => {
  const base = { title: 'Coudre', shownAs: 'initials', visibility: 'public' };
  expect(readFields(skillSchema, { ...base, shownName: 'A. B.' })).toMatchObject({ problems: { consent: 'missing' } });
  expect(readFields(skillSchema, { ...base, consent: 'yes' })).toMatchObject({ problems: { shownName: 'missing' } });
  expect(readFields(skillSchema, { ...base, shownAs: 'anonymous', consent: 'yes' })).toMatchObject({ ok: true });
});

test('each sees what the person wished: everybody, the members of organisations, or facilitators alone', async () => {
  const author = contextFor(engine, await anAccount(engine));
  const add = async (visibility: string) =>
    must(await addSkill(author, { territoryId, fields: typed({ visibility }) })).id;
  const [open, members, team] = [await add('public'), await add('members'), await add('facilitators')];
  expect(await seenBy(visitor)).toEqual([open]);
  expect(new Set(await seenBy(member))).toEqual(new Set([open, members]));
  expect(new Set(await seenBy(facilitator))).toEqual(new Set([open, members, team]));
  const elsewhere = contextFor(engine, await aStaffMember(engine, await aTerritory(engine)));
  expect(await seenBy(elsewhere)).toEqual([open]);
});

test('an anonymous skill keeps no name at all', async () => {
  const author = contextFor(engine, await anAccount(engine));
  const { id } = must(
    await addSkill(author, { territoryId, fields: typed({ shownAs: 'anonymous', shownName: 'Camille' }) })
  );
  const { skills } = await listSkills(visitor, { territoryId });
  expect(skills.find((skill) => skill.id === id)).toMatchObject({ shownName: null });
  expect(JSON.stringify(skills)).not.toContain('Camille');
});

test('a new account’s skill waits for a human; taking it back is one tap and takes the consent with it', async () => {
  const account = await anAccount(engine, 'new');
  const author = contextFor(engine, account);
  const { id, status } = must(await addSkill(author, { territoryId, fields: typed() }));
  expect(status).toBe('held');
  expect(await seenBy(visitor)).not.toContain(id);
  expect(await publishSkill(author, { territoryId, skillId: id })).toMatchObject({ ok: false, code: 'not-found' });
  must(await publishSkill(facilitator, { territoryId, skillId: id }));
  expect(await seenBy(visitor)).toContain(id);

  expect(await withdrawSkill(member, { territoryId, skillId: id })).toMatchObject({ ok: false, code: 'not-found' });
  must(await withdrawSkill(author, { territoryId, skillId: id }));
  expect(await seenBy(facilitator)).not.toContain(id);
  const consent = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('consent').selectAll().where('account_id', '=', account.accountId).executeTakeFirstOrThrow()
  );
  expect(consent).toMatchObject({ text_version: SKILL_CONSENT_VERSION, channel: 'page' });
  expect(consent.withdrawn_at).not.toBeNull();
});

test('without an account there is no skill to add', async () => {
  expect(await addSkill(visitor, { territoryId, fields: typed() })).toMatchObject({ ok: false, code: 'not-found' });
});
