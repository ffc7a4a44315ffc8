import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { rolldown } from 'rolldown';
import { computeOutcome } from '../src/outcome.ts';
import { readPabulib } from '../src/pabulib/reader.ts';

/**
 * `npm run browser -w @terreau/equal-shares`: bundles the library, says its size, and has Chromium compute Wieliczka
 * 2023 in a worker, where the outcome must be the one computed here.
 */
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const FLAGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage'.split(
    ' '
  );
const FILE = join(import.meta.dirname, '../../../../shared/data/pabulib/pb/Poland_Wieliczka_2023_Green_Budget.pb');

/** Largest size of the library as a page would load it, compressed with gzip. */
const LARGEST_BYTES = 25_000;

async function bundled(entry: string): Promise<string> {
  const build = await rolldown({ input: join(import.meta.dirname, entry), logLevel: 'silent' });
  const { output } = await build.generate({ format: 'es', minify: true });
  return output[0].code;
}

for (const [what, entry] of [
  ['everything but the command line', '../src/index.ts'],
  ['the reader and writer of Pabulib files', '../src/pabulib/index.ts'],
  ['the certificates', '../src/certify.ts'],
  ['what the worker below needs', 'browser-worker.ts']
] as const) {
  const code = await bundled(entry);
  const gzip = gzipSync(code).length;
  console.log(`${what}: ${gzip} bytes with gzip, ${brotliCompressSync(code).length} with brotli`);
  if (gzip > LARGEST_BYTES) process.exitCode = 1;
}

if (!existsSync(FILE) || !existsSync(CHROMIUM))
  console.log(`SKIPPED: the browser was not asked; missing ${existsSync(FILE) ? CHROMIUM : '../shared/data/pabulib'}`);
else await inChromium(await bundled('browser-worker.ts'), readFileSync(FILE));

async function inChromium(worker: string, file: Buffer): Promise<void> {
  const server = createServer((request, response) => {
    const [type, body] =
      request.url === '/worker.js'
        ? ['text/javascript', worker]
        : request.url === '/file.pb'
          ? ['application/octet-stream', file]
          : ['text/html', '<!doctype html><title>count</title>'];
    response.writeHead(200, { 'content-type': type }).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const answer = await page.evaluate(countInPage);
    const expected = computeOutcome(readPabulib(file).election, { rule: 'mes_cost', completion: 'add1' });
    const isSame = JSON.stringify(answer.outcome) === JSON.stringify(expected);
    console.log(
      `Chromium ${browser.version()}, in a worker: ${isSame ? 'the same outcome' : 'ANOTHER OUTCOME'} (${expected.selected.length} projects), read in ${answer.readMs.toFixed(0)} ms, Add1 in ${answer.ruleMs.toFixed(0)} ms`
    );
    if (!isSame) process.exitCode = 1;
  } finally {
    await browser.close();
    server.close();
  }
}

async function countInPage(): Promise<{ outcome: unknown; readMs: number; ruleMs: number }> {
  const bytes = await (await fetch('/file.pb')).arrayBuffer();
  const worker = new Worker('/worker.js', { type: 'module' });
  return new Promise((done, failed) => {
    worker.onmessage = (event) => done(event.data);
    worker.onerror = (event) => failed(new Error(event.message));
    worker.postMessage(bytes, [bytes]);
  });
}
