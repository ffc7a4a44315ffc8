import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VISITOR, type Context } from '../../packages/database/src/context.ts';
import { openServer, type Engine } from '../../packages/database/src/engine.ts';
import { clusterUrl, startCluster } from '../../packages/database/src/testing-setup.ts';
import {
  suggestSupports,
  type SuggestionSearch
} from '../../packages/features/src/orientation/suggest-supports.query.ts';
import { PUBLICS, THEMES } from '../../packages/formats/src/data-inclusion/vocabulary.ts';
import { newId, type Id } from '../../packages/kernel/src/ids.ts';
import { circumstances, latency } from '../search/measures.ts';
import { drawer } from './drawer.ts';
import { generateCatalogue, WORDS_OF_PROJECTS } from './generated-catalogue.ts';

const QUERIES = 300;
const WARM_UP_QUERIES = 40;
const MILLISECONDS_PER_TICK = 10;

/**
 * What a project's suggestions cost on a private PostgreSQL server, whole: place, search of the words, bounded reading,
 * engine, reasons and the sheets shown. All supports stand in one territory, which is more than any real one has.
 */
export async function measureOnPostgresql(sizes: readonly number[]) {
  const measured = [];
  for (const supports of sizes) measured.push(await measureSize(supports));
  return { queries: QUERIES, clients: 1, sizes: measured, ...circumstances() };
}

async function measureSize(supports: number) {
  const folder = await mkdtemp(join(tmpdir(), 'terreau-bench-'));
  const cluster = await startCluster(folder);
  const owner = openServer(clusterUrl(cluster.socketFolder, 'terreau_template', 'terreau_owner'), 2);
  const app = openServer(clusterUrl(cluster.socketFolder, 'terreau_template'), 2);
  try {
    const territoryId = newId();
    const load = await generateCatalogue(owner, territoryId, supports);
    return { supports, ...load, ...(await ask(app, territoryId, () => serverCpuMs(cluster.socketFolder))) };
  } finally {
    await app.close();
    await owner.close();
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function ask(app: Engine, territoryId: Id, serverCpu: () => number) {
  const ctx: Context = { engine: app, actor: VISITOR, now: new Date(), language: 'fr', requestId: newId() };
  const searches = generateSearches(territoryId);
  for (const search of searches.slice(0, WARM_UP_QUERIES)) await suggestSupports(ctx, search);
  const durations = { themes: [] as number[], words: [] as number[], both: [] as number[] };
  const all: number[] = [];
  let suggestions = 0;
  let whole = 0;
  const cpuBefore = process.cpuUsage();
  const serverBefore = serverCpu();
  for (const search of searches) {
    const started = performance.now();
    const found = await suggestSupports(ctx, search);
    const ms = performance.now() - started;
    all.push(ms);
    durations[search.text ? (search.themes ? 'both' : 'words') : 'themes'].push(ms);
    suggestions += found.suggestions.length;
    whole += found.isWhole ? 1 : 0;
  }
  const cpu = process.cpuUsage(cpuBefore);
  const serverMs = serverCpu() - serverBefore;
  return {
    ...latency(all),
    by_themes: latency(durations.themes),
    by_words: latency(durations.words),
    by_both: latency(durations.both),
    process_cpu_ms_per_query: Math.round((cpu.user + cpu.system) / searches.length / 10) / 100,
    server_cpu_ms_per_query: Math.round((100 * serverMs) / searches.length) / 100,
    suggestions_per_query: Math.round((10 * suggestions) / searches.length) / 10,
    queries_that_compared_all_on_the_subject: whole
  };
}

/**
 * Processor time of the server's processes since they began, in milliseconds: on a busy machine, wall time says little.
 * Read from /proc; 0 where there is none.
 */
function serverCpuMs(socketFolder: string): number {
  if (!existsSync('/proc')) return 0;
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const [, parent, ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        // Fields 14 to 17 of proc(5): its own time, then that of its children that have ended.
        const ticks = fields.slice(9, 13).reduce((sum, field) => sum + Number(field), 0);
        return [{ pid, parent, command, ticks }];
      } catch {
        return []; // it ended meanwhile
      }
    });
  const server = processes.find(({ command }) => command.includes('postgres') && command.includes(socketFolder));
  return processes
    .filter(({ pid, parent }) => server && (pid === server.pid || parent === server.pid))
    .reduce((sum, { ticks }) => sum + ticks * MILLISECONDS_PER_TICK, 0);
}

/** A third asks by themes, a third by words, a third by both; always the same. */
function generateSearches(territoryId: Id): SuggestionSearch[] {
  const draw = drawer(7);
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(draw() * items.length)]!;
  return Array.from({ length: QUERIES }, (_, n) => {
    const themes = [pick(THEMES).code, ...(draw() < 0.5 ? [pick(THEMES).code] : [])];
    const text = `${pick(WORDS_OF_PROJECTS)} ${pick(WORDS_OF_PROJECTS)} ${pick(WORDS_OF_PROJECTS)}`;
    return {
      territoryId,
      ...(n % 3 === 1 ? {} : { themes }),
      ...(n % 3 === 0 ? {} : { text }),
      publics: draw() < 0.5 ? [pick(PUBLICS).code] : [],
      kinds: draw() < 0.2 ? ['room', 'equipment'] : [],
      near: { latitude: 43.5 + draw() * 0.3, longitude: 3.7 + draw() * 0.3 },
      legalForm: draw() < 0.7 ? 'association' : null,
      ageMonths: draw() < 0.7 ? Math.floor(draw() * 100) : null
    };
  });
}
