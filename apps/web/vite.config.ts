import { readFileSync, readdirSync } from 'node:fs';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { compilerOptions } from './src/texts/compile-texts.ts';

/** Browsers that the style sheets must still serve: phones of about 2021. JavaScript is never needed to use a page. */
const oldestBrowsers = ['chrome90', 'firefox88', 'safari14'];

export default defineConfig(({ command }) => ({
  plugins: [
    paraglideVitePlugin(compilerOptions(command === 'build' ? 'message-modules' : 'locale-modules')),
    sveltekit({
      adapter: adapter({ out: process.env['TERREAU_BUILD_DIR'] ?? 'build' }),
      csp: {
        mode: 'nonce',
        // What changes with the deployment (who may frame a map, which tile service) is
        // adjusted per response in src/lib/server/security-headers.ts.
        directives: {
          'default-src': ['self'],
          'base-uri': ['none'],
          'object-src': ['none'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
          'frame-src': ['none'],
          'img-src': ['self', 'data:', 'blob:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'media-src': ['self', 'blob:'],
          'manifest-src': ['self'],
          'worker-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          // The one style attribute that the framework writes: its hidden announcer of page changes.
          'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=']
        }
      },
      // Our own check of where a write comes from is stricter (src/lib/server/write-origin.ts), and lets the button of
      // a mailbox through, which comes from no page.
      csrf: { trustedOrigins: ['*'] },
      paths: { relative: false },
      // The list of routes stays on the server: a phone does not carry what it will never open.
      router: { resolution: 'server' },
      // The pages of notes register it themselves, for themselves: src/lib/islands/notes.ts.
      serviceWorker: { register: false }
    })
  ],
  build: { cssTarget: oldestBrowsers, assetsInlineLimit: 0 },
  ssr: {
    // The floors below export TypeScript, so they are bundled; what they stand on (database
    // drivers, image codecs…) stays in node_modules.
    noExternal: [/^@terreau\//],
    external: dependenciesOfTheFloorsBelow()
  }
}));

function dependenciesOfTheFloorsBelow(): string[] {
  const packages = new URL('../../packages/', import.meta.url);
  const names = readdirSync(packages).flatMap((folder) => {
    const manifest = JSON.parse(readFileSync(new URL(`${folder}/package.json`, packages), 'utf8')) as {
      dependencies?: Record<string, string>;
    };
    return Object.keys(manifest.dependencies ?? {});
  });
  return [...new Set(names)].filter((name) => !name.startsWith('@terreau/'));
}
