import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import MiniSearch from 'minisearch';
import { VISITOR, type Context } from '../../packages/database/src/context.ts';
import { openEmbedded, openServer, type Engine } from '../../packages/database/src/engine.ts';
import { migrate } from '../../packages/database/src/migrate.ts';
import { clusterUrl, startCluster } from '../../packages/database/src/testing-setup.ts';
import { reading } from '../../packages/database/src/transaction.ts';
import { searchDirectory } from '../../packages/features/src/directory/search-directory.query.ts';
import { newId } from '../../packages/kernel/src/ids.ts';
import { stemFrench } from './french-stemmer.ts';
import { findGenerated, generateDirectory, generateQueries } from './generated.ts';
import { circumstances, latency } from './measures.ts';

const CLIENTS = 10;
const QUERIES = 400;
/** The sizes for which figures are to be shown; a result of a smaller run says so. */
const SIZES_ASKED = { embedded: 100_000, postgresql: 1_000_000 } as const;
/** MiniSearch holds everything in memory: beyond this it is measured by itself. */
const PEER_BESIDE_MAX = 200_000;
/** It reads all that a beginning or a near spelling reaches: at large sizes fewer questions are put to it. */
const PEER_QUERIES = 100;

/**
 * Latency of the search of the pages, total included, on a generated directory of one territory. With `kept` (a folder for
 * the embedded engine, the address of an empty migrated database for a server) the directory stays there, and the next run
 * measures it again.
 */
export async function measureLatency(kind: 'embedded' | 'postgresql', asked: number, kept?: string) {
  const database = await open(kind, kept);
  try {
    const found = await findGenerated(database.owner);
    const organizations = found?.organizations ?? asked;
    const territoryId = found?.territoryId ?? newId();
    const load = found?.load ?? (await generateDirectory(database.owner, territoryId, organizations));
    const queries = await generateQueries(database.owner, organizations, QUERIES);
    const ctx: Context = { engine: database.app, actor: VISITOR, now: new Date(), language: 'fr', requestId: newId() };
    const ask = async (text: string) => void (await searchDirectory(ctx, { territoryId, text }));
    for (const text of queries.slice(0, 40)) await ask(text);
    const alone = await clients(1, queries, ask);
    const pages = askPages(ctx);
    const together = await clients(CLIENTS, queries, ask);
    const pageBeside = await pages.stop();
    const size = await database.owner.pool.query<{ bytes: string }>(
      `select pg_total_relation_size('search_document') as bytes`
    );
    return {
      engine: kind,
      organizations,
      ...(organizations < SIZES_ASKED[kind]
        ? { short_of: `${SIZES_ASKED[kind]} organisations, the size to be shown` }
        : {}),
      ...load,
      search_document_mb: Math.round(Number(size.rows[0]!.bytes) / 2 ** 20),
      process_rss_mb: Math.round(process.memoryUsage().rss / 2 ** 20),
      queries: queries.length,
      one_client: alone,
      ten_clients: together,
      page_beside_ten_clients: pageBeside,
      minisearch:
        organizations <= PEER_BESIDE_MAX
          ? await measurePeer(database.owner, queries.slice(0, PEER_QUERIES))
          : 'by itself: --latency minisearch',
      ...circumstances()
    };
  } finally {
    await database.close();
  }
}

/** MiniSearch alone on the directory that an earlier run kept. */
export async function measurePeerAlone(kept: string) {
  const engine = openServer(kept, 1);
  try {
    const found = await findGenerated(engine);
    if (!found) throw new Error('no generated directory there: run --latency postgresql --kept first');
    const queries = await generateQueries(engine, found.organizations, PEER_QUERIES);
    return {
      engine: 'minisearch',
      organizations: found.organizations,
      ...(await measurePeer(engine, queries)),
      process_rss_mb: Math.round(process.memoryUsage().rss / 2 ** 20),
      ...circumstances()
    };
  } finally {
    await engine.close();
  }
}

/** Another page asks the database one small question at a time, as long as the searches go on. */
function askPages(ctx: Context) {
  const durationsMs: number[] = [];
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const asked = performance.now();
      await reading(ctx, (tx) => tx.selectFrom('territory').select('id').limit(1).execute());
      durationsMs.push(performance.now() - asked);
      await wait(20);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await asking;
      return latency(durationsMs);
    }
  };
}

/** Each client asks its next query as soon as the last one is answered. */
async function clients(count: number, queries: readonly string[], ask: (text: string) => Promise<void>) {
  const durationsMs: number[] = [];
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  await Promise.all(
    Array.from({ length: count }, async (_, client) => {
      for (let n = client; n < queries.length; n += count) {
        const asked = performance.now();
        await ask(queries[n]!);
        durationsMs.push(performance.now() - asked);
      }
    })
  );
  const perSecond = Math.round((queries.length / (performance.now() - started)) * 1000);
  const cpu = process.cpuUsage(cpuBefore);
  return {
    clients: count,
    ...latency(durationsMs),
    queries_per_second: perSecond,
    // Of this process alone: the embedded engine runs in it, a PostgreSQL server does not.
    process_cpu_ms_per_query: Math.round((cpu.user + cpu.system) / queries.length / 10) / 100
  };
}

async function measurePeer(engine: Engine, queries: readonly string[]) {
  const { rows } = await engine.pool.query<{ id: string; name: string; services: string; description: string }>(`
    select o.id, o.name, o.description, string_agg(s.name, ' ') as services
    from organization o left join service s on s.organization_id = o.id group by o.id`);
  const before = process.memoryUsage();
  const started = performance.now();
  const index = new MiniSearch({ fields: ['name', 'services', 'description'], processTerm: stemFrench });
  index.addAll(rows);
  const indexed = performance.now();
  const after = process.memoryUsage();
  const ask = async (text: string) =>
    void index.search(text, { prefix: true, fuzzy: 0.2, boost: { name: 3, services: 2 } });
  return {
    queries: queries.length,
    index_s: Math.round((indexed - started) / 100) / 10,
    heap_mb: Math.round((after.heapUsed - before.heapUsed) / 2 ** 20),
    one_client: await clients(1, queries, ask),
    ten_clients: await clients(CLIENTS, queries, ask)
  };
}

interface BenchDatabase {
  readonly owner: Engine;
  readonly app: Engine;
  close(): Promise<void>;
}

async function open(kind: 'embedded' | 'postgresql', kept: string | undefined): Promise<BenchDatabase> {
  if (kind === 'embedded') {
    const engine = await openEmbedded(kept ?? 'memory');
    await migrate(engine);
    return { owner: engine, app: engine, close: () => engine.close() };
  }
  if (kept) {
    const engine = openServer(kept, CLIENTS);
    return { owner: engine, app: engine, close: () => engine.close() };
  }
  const folder = await mkdtemp(join(tmpdir(), 'terreau-bench-'));
  const cluster = await startCluster(folder);
  const owner = openServer(clusterUrl(cluster.socketFolder, 'terreau_template', 'terreau_owner'), 2);
  const app = openServer(clusterUrl(cluster.socketFolder, 'terreau_template'), CLIENTS);
  return {
    owner,
    app,
    async close() {
      await app.close();
      await owner.close();
      await cluster.stop();
      await rm(folder, { recursive: true, force: true });
    }
  };
}
