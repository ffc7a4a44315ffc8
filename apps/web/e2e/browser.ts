import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { SignedIn } from './sign-in.ts';

const chromiumPath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  // A microphone that says yes and beeps, for voice messages.
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  // Maps need WebGL, drawn by software.
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader'
];

export const widths = { phone: 320, desktop: 1280 } as const;
const heights = { phone: 640, desktop: 900 } as const;
export type Width = keyof typeof widths;

export interface View {
  width: Width;
  javaScript: boolean;
  colours: 'light' | 'dark';
  language?: 'fr' | 'en';
}

/** Starts Chromium; says plainly where it was looked for when it is not there. */
export async function startBrowser(): Promise<Browser> {
  if (!existsSync(chromiumPath)) {
    throw new Error(`No Chromium at ${chromiumPath}. Install it ("apt-get install chromium") or set CHROMIUM_PATH.`);
  }
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: chromiumPath, args: [...asRoot, ...flags] });
}

/** A fresh browser profile, that of somebody `signedIn` where it is given. */
export function newVisitor(browser: Browser, view: View, signedIn?: SignedIn): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: widths[view.width], height: heights[view.width] },
    javaScriptEnabled: view.javaScript,
    colorScheme: view.colours,
    reducedMotion: 'reduce',
    locale: view.language === 'en' ? 'en-GB' : 'fr-FR',
    ...(signedIn ? { storageState: signedIn } : {})
  });
}

/** What reached the browser through the network, compressed as it travelled. */
export interface Weight {
  /** Everything, headers included. */
  totalBytes: number;
  /** The scripts' own compressed bytes. */
  scriptBytes: number;
}

export interface Opened {
  status: number;
  /** As it was served, before any script. */
  html: string;
  weight: Weight;
  /** Errors in the browser's console: a broken script, something that the content policy blocked. */
  complaints: string[];
}

/** Opens `url`, waits until its scripts are in place if it has any, and counts what travels. */
export async function open(page: Page, url: string, { javaScript }: Pick<View, 'javaScript'>): Promise<Opened> {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const weight = await countBytes(page);
  const response = await page.goto(url, { waitUntil: 'load' });
  const html = (await response?.text()) ?? '';
  // The framework adds its announcer once the page is alive.
  if (javaScript && html.includes('kit.start(')) await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
  return { status: response?.status() ?? 0, html, weight, complaints };
}

async function countBytes(page: Page): Promise<Weight> {
  const weight: Weight = { totalBytes: 0, scriptBytes: 0 };
  const session = await page.context().newCDPSession(page);
  const headersOfScripts = new Map<string, number>();
  await session.send('Network.enable');
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type === 'Script') headersOfScripts.set(requestId, response.encodedDataLength);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    weight.totalBytes += encodedDataLength;
    const headers = headersOfScripts.get(requestId);
    if (headers !== undefined) weight.scriptBytes += Math.max(0, encodedDataLength - headers);
  });
  return weight;
}

/** Doubles the text as a person's own default font size does: every length in rem follows. */
export async function scaleText(page: Page, percent: 100 | 200): Promise<void> {
  await page.evaluate((size) => (document.documentElement.style.fontSize = `${size}%`), percent);
}

/** The same page on another screen, without loading it again. */
export async function turn(page: Page, width: Width, colours: View['colours']): Promise<void> {
  await page.setViewportSize({ width: widths[width], height: heights[width] });
  await page.emulateMedia({ colorScheme: colours });
}
