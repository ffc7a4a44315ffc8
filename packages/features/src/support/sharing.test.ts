import type { Context } from '@terreau/database/context';
import { contextFor, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import { expect, test } from 'vitest';
import { aStaffMember, anAccount, aTerritory, must } from '../directory/directory.fixtures.ts';
import { decideContent } from '../trust/decide-content.command.ts';
import { findDecision } from '../trust/find-decision.query.ts';
import { flagContent } from '../trust/flag-content.command.ts';
import { findSharing } from './find-sharing.query.ts';
import { sayFacts } from './say-facts.command.ts';
import { shareProject } from './share-project.command.ts';
import type { Visibility } from './sharing.rules.ts';
import { findSharedProject, listSharedProjects } from './shared-projects.query.ts';
import { aDossier, inCircle, type Accompanied } from './support.fixtures.ts';

const engine = await testDatabase(60);
const visitor = contextFor(engine);

async function aToldProject(): Promise<Accompanied & { carrier: Context }> {
  const accompanied = await aDossier(engine, { name: 'Nadia Canari' });
  const carrier = await inCircle(engine, accompanied, 'carrier');
  await say(carrier, accompanied, { 'idea.sentence': 'Réparer les vélos', 'need.heard': 'Un mot entre nous' });
  return { ...accompanied, carrier };
}

async function aResident(territoryId: string): Promise<Context> {
  const account = await anAccount(engine);
  const row = { territory_id: territoryId, account_id: account.accountId, role: 'resident' };
  await engine.db.insertInto('role_grant').values(row).execute();
  return contextFor(engine, account);
}

async function say(ctx: Context, place: Accompanied, said: Record<string, string>): Promise<void> {
  must(await sayFacts(ctx, { ...place, said: new Map(Object.entries(said)), seen: 'zzz' }));
}

async function share(
  ctx: Context,
  { territoryId, dossierId }: Accompanied,
  visibility: Visibility,
  agreedAloud = false
) {
  const { fields } = (await findSharing(ctx, territoryId, dossierId))!;
  return shareProject(ctx, { territoryId, dossierId, visibility, agreedAloud, mark: fields.mark });
}

test('nothing of a project is seen outside of its circle until it is shared, and then only what was listed', async () => {
  const project = await aToldProject();
  const { territoryId, dossierId, carrier } = project;
  expect(await findSharedProject(visitor, territoryId, dossierId)).toBeNull();
  expect((await listSharedProjects(visitor, { territoryId })).projects).toEqual([]);
  must(await share(carrier, project, 'public'));
  const seen = await findSharedProject(visitor, territoryId, dossierId);
  expect(seen).toMatchObject({ title: 'Un atelier de réparation', sentence: 'Réparer les vélos', aim: null });
  const all = JSON.stringify([seen, await listSharedProjects(visitor, { territoryId })]);
  for (const secret of ['Nadia', 'Canari', 'entre nous', 'orienting', 'step', 'nextContact', 'mark']) {
    expect(all).not.toContain(secret);
  }
  const elsewhere = await aTerritory(engine);
  expect(await findSharedProject(visitor, elsewhere, dossierId)).toBeNull();
});

test('shared in the territory, a project is seen by whoever holds a place there, and by nobody else', async () => {
  const project = await aToldProject();
  const { territoryId, dossierId, carrier } = project;
  must(await share(carrier, project, 'territory'));
  const resident = await aResident(territoryId);
  const stranger = await aResident(await aTerritory(engine));
  expect((await findSharedProject(resident, territoryId, dossierId))?.sentence).toBe('Réparer les vélos');
  expect(await findSharedProject(stranger, territoryId, dossierId)).toBeNull();
  expect(await findSharedProject(visitor, territoryId, dossierId)).toBeNull();
});

test('what is written later is not shown until it is confirmed in its turn', async () => {
  const project = await aToldProject();
  const { territoryId, dossierId, carrier } = project;
  must(await share(carrier, project, 'public'));
  const { fields } = (await findSharing(carrier, territoryId, dossierId))!;
  await say(carrier, project, { 'project.aim': 'Ne plus jeter' });
  expect((await findSharedProject(visitor, territoryId, dossierId))?.aim).toBeNull();
  expect(await findSharing(carrier, territoryId, dossierId)).toMatchObject({ isBehind: true });
  const stale = { territoryId, dossierId, visibility: 'public', agreedAloud: false, mark: fields.mark } as const;
  expect(await shareProject(carrier, stale)).toMatchObject({ code: 'changed-meanwhile' });
  must(await share(carrier, project, 'public'));
  expect((await findSharedProject(visitor, territoryId, dossierId))?.aim).toBe('Ne plus jeter');
  expect(await findSharing(carrier, territoryId, dossierId)).toMatchObject({ isBehind: false });
});

test('taking back asks for nothing, and leaves no word of it outside of the circle', async () => {
  const project = await aToldProject();
  const { territoryId, dossierId, carrier, facilitator } = project;
  must(await share(carrier, project, 'public'));
  must(await shareProject(facilitator, { territoryId, dossierId, visibility: 'circle', agreedAloud: false, mark: '' }));
  expect(await findSharedProject(visitor, territoryId, dossierId)).toBeNull();
  const row = await reading(carrier, (tx) =>
    tx.selectFrom('shared_project').selectAll().where('dossier_id', '=', dossierId).executeTakeFirstOrThrow()
  );
  expect(JSON.stringify(row)).not.toContain('vélos');
});

test('whoever accompanies shares only after a yes said aloud; an observer shares nothing', async () => {
  const project = await aToldProject();
  const { territoryId, dossierId, facilitator } = project;
  expect(await share(facilitator, project, 'public')).toMatchObject({ code: 'sharing-agreement-missing' });
  must(await share(facilitator, project, 'public', true));
  const observer = await inCircle(engine, project, 'observer');
  expect(await share(observer, project, 'circle')).toMatchObject({ code: 'not-found' });
  expect(await findSharing(visitor, territoryId, dossierId)).toBeNull();
  const empty = await aDossier(engine);
  expect(await share(empty.facilitator, empty, 'public', true)).toMatchObject({ code: 'project-untold' });
});

test('a project that a moderator hid stays hidden when it is shared again, and its circle may contest', async () => {
  const project = await aToldProject();
  const { territoryId, dossierId, carrier } = project;
  must(await share(carrier, project, 'public'));
  const flag = { territoryId, subjectKind: 'project', subjectId: dossierId, reason: 'private-data' } as const;
  must(await flagContent(visitor, { ...flag, details: null, contact: null, address: '2001:db8::7' }));
  const moderator = contextFor(engine, await aStaffMember(engine, territoryId, 'coordinator'));
  const about = {
    territoryId,
    kind: 'project',
    id: dossierId,
    origin: 'https://terreau.example',
    slug: 'valbrune'
  } as const;
  const decision = must(
    await decideContent(moderator, {
      ...about,
      outcome: 'hidden',
      reason: 'private-data',
      explanation: 'Un nom y figure'
    })
  );
  expect(await findSharedProject(visitor, territoryId, dossierId)).toBeNull();
  expect(await findDecision(carrier, { territoryId, decisionId: decision })).toMatchObject({ mayContest: true });
  must(await share(carrier, project, 'circle'));
  must(await share(carrier, project, 'public'));
  expect(await findSharedProject(visitor, territoryId, dossierId)).toBeNull();
  expect(await findSharing(carrier, territoryId, dossierId)).toMatchObject({ isHidden: true });
  must(await decideContent(moderator, { ...about, outcome: 'restored', reason: 'fine', explanation: null }));
  expect((await findSharedProject(visitor, territoryId, dossierId))?.sentence).toBe('Réparer les vélos');
});
