import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '@terreau/database/engine';
import { diskFiles } from '@terreau/database/files';
import { migrate } from '@terreau/database/migrate';
import { manifest } from '../../src/authorization/manifest.ts';
import { EVERYONE, type RouteAccess, type Who } from '../../src/authorization/route-access.ts';
import { makeFixtures, PASSWORD, type Fixtures, type Subjects } from './fixtures.ts';
import { nameOf, routesOfSite } from './routes-of-site.ts';
import { cookieOf, startInProcess } from './site-in-process.ts';
import { snapshot } from './snapshot.ts';

/*
 * The authorization matrix: every route and action of the manifest, tried by a visitor, an account without a role and
 * each role, on what is theirs, another's, another territory's, reached through the wrong territory, deleted, or
 * random; against the built site on an embedded database. Run by authorization.e2e.ts, or by hand:
 * `node e2e/authorization/matrix.ts [part of a route]…`. Prints "N cells, 0 unexpected" and leaves with 1 when there are any.
 */

type Variant = 'own' | 'same' | 'other' | 'foreign-address' | 'deleted' | 'random';
interface Answer {
  readonly status: number;
  readonly location: string;
  readonly length: number;
}

/** Two refusals may differ by the words around them (a name in the header), never by a page's worth of text. */
const SAME_LENGTH_CHARACTERS = 300;
const web = join(import.meta.dirname, '../..');

const problems: string[] = [];
const rows = await manifest();
compareWithSite();
const data = mkdtempSync(join(tmpdir(), 'terreau-matrix-'));
const engine = await openEmbedded('memory');
await migrate(engine);
const files = diskFiles(join(data, 'files'));
const fixtures = await makeFixtures(engine, files);
const site = await startInProcess(engine, files, data);
const { origin } = site;
const cookies = await signInAll();
const restore = await snapshot(engine);
const cells = await tryAll();
site.close();
await engine.close();
rmSync(data, { recursive: true, force: true });
for (const problem of problems) console.log(problem);
console.log(`${cells} cells, ${problems.length} unexpected (${rows.length} rows, ${EVERYONE.length} kinds of people)`);
process.exit(problems.length > 0 ? 1 : 0);

/** Every route is in the manifest, and every row of the manifest has its route. */
function compareWithSite(): void {
  const served = new Set(routesOfSite(join(web, 'src/routes')));
  const declared = rows.map(nameOf);
  for (const name of served) if (!declared.includes(name)) problems.push(`no row in the manifest: ${name}`);
  for (const name of declared) if (!served.has(name)) problems.push(`no such route: ${name}`);
  const twice = declared.filter((name, index) => declared.indexOf(name) !== index);
  for (const name of new Set(twice)) problems.push(`declared twice: ${name}`);
}

async function signInAll(): Promise<Map<Who, string>> {
  const jars = new Map<Who, string>([['visitor', '']]);
  for (const [who, email] of fixtures.emails) jars.set(who, await cookieOf(origin, email, PASSWORD));
  return jars;
}

async function tryAll(): Promise<number> {
  let count = 0;
  const served = new Set(routesOfSite(join(web, 'src/routes')));
  for (const row of rows.filter((one) => served.has(nameOf(one)) && isAskedFor(one))) {
    for (const who of EVERYONE) {
      const absent = await ask(row, who, 'random');
      for (const variant of variantsOf(row, who)) {
        count += 1;
        const answer = variant === 'random' ? absent : await ask(row, who, variant);
        const problem = judge(row, who, variant, answer, absent);
        if (problem)
          problems.push(`${nameOf(row)} · ${who} · ${variant}: ${problem} (${answer.status} ${answer.location})`);
      }
    }
  }
  return count;
}

/** By hand, some routes alone: those whose name holds one of the words given. */
function isAskedFor(row: RouteAccess): boolean {
  const words = process.argv.slice(2);
  return words.length === 0 || words.some((word) => nameOf(row).includes(word));
}

function variantsOf(row: RouteAccess, who: Who): Variant[] {
  if (row.subject === 'platform' || row.subject === 'account') return ['same'];
  if (row.subject === 'token') return ['random'];
  if (row.subject === 'territory') return ['same', 'other', 'random'];
  const others: Variant[] = ['same', 'other', 'deleted', 'random'];
  const withTerritory: Variant[] = row.route.startsWith('/[territory]') ? [...others, 'foreign-address'] : others;
  return who === 'visitor' ? withTerritory : ['own', ...withTerritory];
}

/** Null when the answer is what the manifest says; otherwise what is wrong with it. */
function judge(row: RouteAccess, who: Who, variant: Variant, answer: Answer, absent: Answer): string | null {
  if (answer.status >= 500) return 'the server failed';
  const toSignIn = [302, 303].includes(answer.status) && answer.location.startsWith('/sign-in');
  if (row.subject === 'token') return [401, 403].includes(answer.status) ? 'tells that something is forbidden' : null;
  if (isAllowed(row, who, variant)) {
    const isRefused = [401, 403, 404].includes(answer.status) || (toSignIn && !row.route.startsWith('/sign-in'));
    return isRefused ? 'is refused' : null;
  }
  if (who === 'visitor' && row.signIn && toSignIn) return null;
  if (answer.status === 404 || (answer.status >= 400 && answer.status !== 401 && answer.status !== 403)) {
    if (row.subject === 'territory' || mayRead(row, who, variant)) return null;
    const differs = Math.abs(answer.length - absent.length) > SAME_LENGTH_CHARACTERS;
    return answer.status !== absent.status || differs ? 'differs from what does not exist' : null;
  }
  return 'is let in';
}

/** What somebody may read is no secret for them: refusing to change it shows the page again, with what is wrong. */
function mayRead(row: RouteAccess, who: Who, variant: Variant): boolean {
  const reading = rows.find((one) => one.route === row.route && one.method === 'GET');
  return row.method !== 'GET' && reading !== undefined && isAllowed(reading, who, variant);
}

function isAllowed(row: RouteAccess, who: Who, variant: Variant): boolean {
  if (variant === 'own') return (row.own ?? row.sameTerritory).includes(who) || row.sameTerritory.includes(who);
  if (variant === 'same') return row.sameTerritory.includes(who);
  return variant === 'other' && row.otherTerritory.includes(who);
}

async function ask(row: RouteAccess, who: Who, variant: Variant): Promise<Answer> {
  const subjects = subjectsOf(variant, who);
  const slug = row.subject === 'territory' && variant === 'random' ? 'nowhere' : slugOf(variant);
  const path = row.route.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => {
    if (name === 'territory') return slug;
    const kind = name === 'post' && row.route.includes('/offers/') ? 'offer' : name;
    const value = subjects[kind];
    if (value === undefined) throw new Error(`no fixture for [${name}] of ${row.route}`);
    return value;
  });
  const action = row.action && row.action !== 'default' ? `/${row.action}&` : '';
  const url = `${origin}${path}?${action}subject=${subjects['subject']}`;
  const headers: Record<string, string> = { cookie: cookies.get(who)!, origin, accept: 'text/html,*/*' };
  if (row.method !== 'GET') await engine.pool.query('delete from rate_limit');
  const body = row.method === 'GET' ? null : new URLSearchParams(subjects);
  const response = await fetch(url, { method: row.method, headers, body, redirect: 'manual' });
  const text = await response.text();
  const location = response.headers.get('location') ?? '';
  if (row.method !== 'GET' && response.status < 400 && !location.startsWith('/sign-in')) await restore();
  return {
    status: response.status,
    location,
    length: text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '').length
  };
}

function subjectsOf(variant: Variant, who: Who): Subjects {
  if (variant === 'own') return fixtures.own.get(who)!;
  if (variant === 'foreign-address') return fixtures.other;
  return variant === 'random' ? fixtures.random() : (fixtures as Fixtures)[variant];
}

function slugOf(variant: Variant): string {
  return variant === 'other' ? fixtures.slugs.other : fixtures.slugs.same;
}
