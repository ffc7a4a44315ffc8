import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Page } from 'playwright-core';

/** Of every account of this site, which nobody but the journeys can reach. */
export const password = 'clafoutis bleu sous la pluie';
const web = join(import.meta.dirname, '..');
const LETTER_LIMIT_MILLISECONDS = 20_000;

/** The built site as a real deployment, with its letter box. */
export class AccountsSite {
  readonly origin: string;
  readonly #data: string;
  readonly #read = new Set<string>();
  readonly close: () => void;

  constructor(origin: string, data: string, close: () => void) {
    this.origin = origin;
    this.#data = data;
    this.close = close;
  }

  /** The link of the next unread letter to `email`; waits for it to be delivered. */
  async linkTo(email: string): Promise<string> {
    const folder = join(this.#data, 'sent/mail');
    const limit = Date.now() + LETTER_LIMIT_MILLISECONDS;
    while (Date.now() < limit) {
      const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.eml')) : [];
      for (const file of files.sort().filter((one) => !this.#read.has(one))) {
        const letter = plainText(readFileSync(join(folder, file), 'utf8'));
        if (!letter.includes(`To: ${email}`)) continue;
        this.#read.add(file);
        const link = letter.match(/http:\/\/localhost:\d+\/\S+/)?.[0];
        if (link) return link;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`no letter came to ${email}`);
  }
}

/** Starts the built site of `serve-accounts.ts`; `close` stops it and removes its data. */
export async function openAccountsSite(): Promise<AccountsSite> {
  const data = mkdtempSync(join(tmpdir(), 'terreau-accounts-'));
  // A copy: a build made meanwhile would pull the files from under the running site.
  const build = `test-results/accounts-${process.pid}`;
  cpSync(join(web, 'build'), join(web, build), { recursive: true });
  const site = spawn(process.execPath, ['e2e/serve-accounts.ts'], {
    cwd: web,
    env: {
      ...process.env,
      TERREAU_DATA: data,
      TERREAU_BUILD_DIR: build,
      TERREAU_E2E_PASSWORD: password,
      NODE_ENV: 'production'
    },
    stdio: ['ignore', 'pipe', 'inherit']
  });
  const close = () => {
    site.kill('SIGKILL');
    for (const folder of [data, join(web, build)]) rmSync(folder, { recursive: true, force: true });
  };
  for await (const line of createInterface({ input: site.stdout })) {
    if (line.startsWith('http://localhost:')) return new AccountsSite(line, data, close);
  }
  close();
  throw new Error('the site stopped while starting: see above');
}

/** What an application of codes shows for `secret` (RFC 6238), now or `later` periods of thirty seconds after. */
export function codeOf(secret: string, later = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = digest.at(-1)! & 15;
  return String((digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

/** A telephone or a key that recognises its holder, inside Chromium. */
export async function plugInAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true
    }
  });
}

/** The letter with its quoted-printable lines joined and its ASCII escapes decoded: enough to read addresses. */
function plainText(eml: string): string {
  return eml
    .replace(/=\r?\n/g, '')
    .replace(/=([2-7][0-9A-F])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function fromBase32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...text.replace(/[\s=]/g, '')].map((char) => alphabet.indexOf(char).toString(2).padStart(5, '0'));
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
