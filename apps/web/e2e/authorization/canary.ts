import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operatorContext } from '@terreau/database/context';
import { openEmbedded } from '@terreau/database/engine';
import { diskFiles } from '@terreau/database/files';
import { migrate } from '@terreau/database/migrate';
import { seedDemonstration } from '@terreau/features/demonstration/seed-demonstration.command';
import { manifest } from '../../src/authorization/manifest.ts';
import { EVERYONE, type RouteAccess, type Who } from '../../src/authorization/route-access.ts';
import { plantCanaries } from './canaries.ts';
import { makeFixtures, PASSWORD, type Subjects } from './fixtures.ts';
import { wordsIn } from './read-answer.ts';
import { cookieOf, startInProcess } from './site-in-process.ts';

/*
 * Whether anything of a dossier is seen outside of its circle. Every text of every private row carries a canary; the
 * built site is then crawled as a visitor, as an account and as each role, by following links from the first pages and
 * by every address of the manifest with the ids of a dossier that is another's: 0 seen. As a control, people of the
 * circles crawl as well, and do see theirs. Then 200 reads are made in a dossier, and its journal has 200 more entries.
 *
 * Run by canary.e2e.ts, or by hand in parts: `node e2e/authorization/canary.ts [visitor|facilitator|…|circle|journal]…`.
 * The last line is "N answers, 0 canaries seen by strangers, …"; it leaves with 1 when something is wrong.
 */

const PAGES_FOLLOWED = 60;
const PAGES_OF_ONE_KIND = 3;
const READS = 200;
/** Of the columns marked, so many at least are shown to circles: a crawl that saw none would prove nothing. */
const COLUMNS_SEEN_MIN_COUNT = 15;
/** People of circles in Valbrune: two who accompany, two who are accompanied. */
const CIRCLES = ['accompagnement-tilleuls', 'accompagnement-bel-air', 'presidente-etoile', 'responsable-ressourcerie'];
/** Dossiers of a reader, those in which most stands. */
const OWN_DOSSIERS = `
  select d.id from dossier_member m join dossier d on d.id = m.dossier_id where m.account_id = $1 and m.left_at is null
  order by (exists (select from budget x where x.dossier_id = d.id))::int
    + (exists (select from expert_mission x where x.dossier_id = d.id))::int
    + (exists (select from diagnosis x where x.dossier_id = d.id))::int
    + (exists (select from talk_thread x where x.dossier_id = d.id))::int desc, d.id limit 3`;
/**
 * What a person without an account asks for of right: the team takes out their file, with their dossier in it, and the
 * dossier's journal says so. The page that offers it shows nothing of the dossier.
 */
const EXPORTED_ON_DEMAND = /^\/[^/]+\/coordination\/persons\/[0-9a-f-]{36}\/export(\/paper\/pdf)?(\?|$)/;
/** What shows nothing of the dossier: the journal itself, and forms of which nothing is filled in. */
const NOT_JOURNALLED = new Set(['/reads']);

const parts = process.argv.slice(2);
const isAsked = (part: string) => parts.length === 0 || parts.includes(part);
const problems: string[] = [];
let answers = 0;

const data = mkdtempSync(join(tmpdir(), 'terreau-canary-'));
const engine = await openEmbedded('memory');
await migrate(engine);
const files = diskFiles(join(data, 'files'));
const fixtures = await makeFixtures(engine, files);
const seeded = await seedDemonstration(operatorContext(engine, new Date()), PASSWORD, 'http://localhost:3000', files);
if (!seeded.ok) throw new Error(seeded.code);
await grantInValbrune();
// Somebody who was there and is of no circle: a label, of which the demonstration has none.
await engine.pool.query(
  `update note_participant set member_id = null, label = 'x' where id in (select id from note_participant order by id desc limit 60)`
);
const canaries = await plantCanaries(engine);
const site = await startInProcess(engine, files, data);
const { origin } = site;
const rows = (await manifest()).filter((row) => row.method === 'GET');

for (const who of EVERYONE.filter(isAsked)) await crawlAsStranger(who);
const seenByCircles = new Set<string>();
if (isAsked('circle')) await crawlAsCircle();
const journalled = isAsked('journal') ? await countReads() : null;

site.close();
await engine.close();
rmSync(data, { recursive: true, force: true });
if (canaries.unmarked.length > 0) console.log(`no row to mark in: ${canaries.unmarked.join(', ')}`);
if (isAsked('circle')) {
  const unseen = canaries.columns.filter((column) => !seenByCircles.has(column));
  console.log(`columns whose canaries no circle was shown by these pages: ${unseen.join(', ') || 'none'}`);
  if (seenByCircles.size < COLUMNS_SEEN_MIN_COUNT)
    problems.push('the circles see too few of their own canaries: this crawl proves nothing');
}
for (const problem of problems) console.log(problem);
console.log(
  [
    `${answers} answers`,
    `${problems.length} canaries seen by strangers or reads not journalled`,
    `${canaries.columns.length} columns marked`,
    `${seenByCircles.size} of them seen by circles`,
    ...(journalled === null ? [] : [`${journalled} reads journalled of ${READS}`])
  ].join(', ')
);
process.exit(problems.length > 0 ? 1 : 0);

/** The roles that people hold in the fixtures' territory, they hold in Valbrune as well: its dossiers are still not theirs. */
async function grantInValbrune(): Promise<void> {
  await engine.pool.query(
    `insert into role_grant (account_id, role, territory_id)
     select g.account_id, g.role, v.id from role_grant g
       join territory a on a.id = g.territory_id and a.slug = $1 cross join territory v
     where v.slug = 'valbrune' and g.organization_id is null`,
    [fixtures.slugs.same]
  );
}

async function crawlAsStranger(who: Who): Promise<void> {
  const email = fixtures.emails.get(who);
  const cookie = email ? await cookieOf(origin, email, PASSWORD) : '';
  const reader = email ? await accountOf(email) : null;
  const look = async (path: string) => {
    const { text } = await ask(path, cookie);
    if (EXPORTED_ON_DEMAND.test(path) && (who === 'coordinator' || who === 'facilitator')) return text;
    for (const column of canaries.strangersIn(text, reader)) problems.push(`${who} sees ${column} at ${path}`);
    return text;
  };
  await follow(['/', '/valbrune', '/valbrune/week', '/valbrune/dossiers', '/valbrune/coordination', '/alpha'], look);
  for (const path of await addressesOfOthers()) await look(path);
}

/** Every address of the manifest, with the ids of what is somebody else's, here and in another territory. */
async function addressesOfOthers(): Promise<string[]> {
  const valbrune = await dossiersOfValbrune();
  return rows.flatMap((row) => {
    const inFixtures = (['same', 'other'] as const).flatMap(
      (variant) => addressOf(row, fixtures.slugs[variant], fixtures[variant]) ?? []
    );
    const inValbrune = row.route.includes('[dossier]')
      ? valbrune.flatMap((ids) => addressOf(row, 'valbrune', { ...fixtures.same, ...ids }) ?? [])
      : (addressOf(row, 'valbrune', fixtures.same) ?? []);
    return [...new Set([...inFixtures, inValbrune].flat())].flatMap((path) =>
      // What is searched is found by its beginning.
      row.route.includes('[dossier]') ? [path] : [path, `${path}?q=zqx&text=zqx`]
    );
  });
}

/** Two dossiers of Valbrune, those with most notes. */
async function dossiersOfValbrune(): Promise<Subjects[]> {
  const { rows: dossiers } = await engine.pool.query<{ id: string }>(
    `select d.id from dossier d join territory t on t.id = d.territory_id where t.slug = 'valbrune'
     order by (select count(*) from note n where n.dossier_id = d.id) desc limit 2`
  );
  return Promise.all(dossiers.map(({ id }) => subjectsIn(id)));
}

/** A dossier with an id of whatever stands in it: by the name of its table, as addresses name it. */
async function subjectsIn(dossier: string): Promise<Subjects> {
  const { rows: tables } = await engine.pool.query<{ name: string }>(
    `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'dossier_id'
     intersect select table_name from information_schema.columns where table_schema = 'public' and column_name = 'id'`
  );
  const ids: Record<string, string> = { dossier };
  for (const { name } of tables) {
    const { rows: found } = await engine.pool.query<{ id: string }>(
      `select id from "${name}" where dossier_id = $1 order by id desc limit 1`,
      [dossier]
    );
    // `plan_action` is [action] in an address.
    if (found[0]) ids[name.slice(name.lastIndexOf('_') + 1)] ??= found[0].id;
  }
  return ids;
}

function addressOf(row: RouteAccess, slug: string, subjects: Subjects): string | null {
  let isWhole = true;
  const path = row.route.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => {
    const value = name === 'territory' ? slug : subjects[name];
    if (value === undefined) isWhole = false;
    return value ?? '';
  });
  return isWhole ? path : null;
}

/** Follows the links of the pages, a few of each kind. */
async function follow(from: readonly string[], look: (path: string) => Promise<string>): Promise<void> {
  const waiting = [...from];
  const seen = new Set(waiting);
  const kinds = new Map<string, number>();
  for (let count = 0; waiting.length > 0 && count < PAGES_FOLLOWED; count += 1) {
    const path = waiting.shift()!;
    const text = await look(path);
    for (const [, href] of text.matchAll(/href="([^"#]+)/g)) {
      const url = new URL(href!.replaceAll('&amp;', '&'), `${origin}${path}`);
      const next = url.pathname + url.search;
      const kind = next.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '*').replace(/\?.*/, '?');
      const isPage = url.origin === origin && !/^\/(_app|sign-out|language|theme)|\.(css|js|woff2|svg|png)$/.test(next);
      if (!isPage || seen.has(next) || (kinds.get(kind) ?? 0) >= PAGES_OF_ONE_KIND) continue;
      seen.add(next);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      waiting.push(next);
    }
  }
}

/** The control: whoever is in a circle does see what stands there, and nothing of another's. */
async function crawlAsCircle(): Promise<void> {
  for (const key of CIRCLES) {
    const email = `${key}@valbrune.example`;
    const reader = await accountOf(email);
    const cookie = await cookieOf(origin, email, PASSWORD);
    const look = async (path: string) => {
      const { text } = await ask(path, cookie);
      for (const column of canaries.strangersIn(text, reader)) problems.push(`${key} sees ${column} at ${path}`);
      for (const column of canaries.ownIn(text, reader)) seenByCircles.add(column);
      return text;
    };
    const { rows: own } = await engine.pool.query<{ id: string }>(OWN_DOSSIERS, [reader]);
    await follow(['/valbrune/dossiers', ...own.map(({ id }) => `/valbrune/dossiers/${id}`)], look);
    for (const { id } of own) {
      const subjects = { ...fixtures.same, ...(await subjectsIn(id)) };
      for (const row of rows.filter(({ route }) => route.includes('/dossiers/[dossier]'))) {
        const path = addressOf(row, 'valbrune', subjects);
        if (path !== null) await look(path);
      }
    }
  }
}

/** Makes reads of every kind in a dossier; each one is one more entry of its journal. */
async function countReads(): Promise<number> {
  const who: Who = 'facilitator';
  const cookie = await cookieOf(origin, fixtures.emails.get(who)!, PASSWORD);
  const own = fixtures.own.get(who)!;
  const entries = async () => {
    const count = 'select count(*)::int as count from private_read where dossier_id = $1';
    return (await engine.pool.query<{ count: number }>(count, [own['dossier']])).rows[0]!.count;
  };
  const kinds: string[] = [];
  for (const row of rows.filter(({ route }) => route.startsWith('/[territory]/dossiers/[dossier]'))) {
    const path = addressOf(row, fixtures.slugs.same, own);
    if (path === null) continue;
    const before = await entries();
    const { status } = await ask(path, cookie);
    const written = (await entries()) - before;
    const isJournal = [...NOT_JOURNALLED].some((end) => row.route.endsWith(end));
    if (status !== 200 || isJournal) continue;
    if (written !== 1) problems.push(`a read of ${row.route} wrote ${written} entries`);
    else kinds.push(path);
  }
  const before = await entries();
  for (let n = 0; n < READS; n += 1) await ask(kinds[n % kinds.length]!, cookie);
  const written = (await entries()) - before;
  console.log(`${kinds.length} kinds of reads in a dossier`);
  if (written !== READS) problems.push(`${READS} reads wrote ${written} entries`);
  return written;
}

async function accountOf(email: string): Promise<string> {
  const { rows: found } = await engine.pool.query<{ id: string }>('select id from account where email = $1', [email]);
  return found[0]!.id;
}

async function ask(path: string, cookie: string): Promise<{ status: number; text: string }> {
  answers += 1;
  const response = await fetch(`${origin}${path}`, {
    headers: { cookie, accept: 'text/html,*/*' },
    redirect: 'manual'
  });
  const location = response.headers.get('location') ?? '';
  return { status: response.status, text: (await wordsIn(Buffer.from(await response.arrayBuffer()))) + location };
}
