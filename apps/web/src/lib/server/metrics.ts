import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Engine } from '@terreau/database/engine';

// The pages are bundled apart from the server that shows the figures: they meet here.
const KEY = Symbol.for('terreau.metrics');
const meetingPlace = globalThis as { [KEY]?: ReturnType<typeof createMetrics> };

/** The figures of this process, for Prometheus. Labels are routes and codes, never people. */
export function metrics(): ReturnType<typeof createMetrics> {
  meetingPlace[KEY] ??= createMetrics();
  return meetingPlace[KEY];
}

/** Shows the figures at `/metrics` on a port of their own, on this machine only unless `TERREAU_METRICS_HOST` says so. */
export function serveMetrics(port: number, engine: Engine): Server {
  const { registry, watch } = metrics();
  watch(engine);
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') return response.writeHead(404).end();
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end()
    );
    return undefined;
  });
  return server.listen(port, process.env['TERREAU_METRICS_HOST'] ?? '127.0.0.1');
}

function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Histogram({
    name: 'terreau_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers
  });
  const failures = new Counter({ name: 'terreau_failures_total', help: 'Bugs met', labelNames: ['route'], registers });
  return { registry, requests, failures, watch: (engine: Engine) => watchDatabase(registry, engine) };
}

function watchDatabase(registry: Registry, engine: Engine): void {
  new Gauge({
    name: 'terreau_pool_connections',
    help: 'Connections to the database',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'total' }, engine.pool.totalCount);
      this.set({ state: 'idle' }, engine.pool.idleCount);
      this.set({ state: 'waiting' }, engine.pool.waitingCount);
    }
  });
  new Gauge({
    name: 'terreau_outbox_waiting',
    help: 'Messages that have not left yet',
    registers: [registry],
    async collect() {
      const { rows } = await engine.pool.query<{ waiting: number }>(
        `select count(*)::int as waiting from outbox where state in ('pending', 'sending')`
      );
      this.set(rows[0]?.waiting ?? 0);
    }
  });
}
