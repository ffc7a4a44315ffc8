import { createServer } from 'node:net';
import { hashPassword } from 'better-auth/crypto';
import { operatorContext, type Grant } from '@terreau/database/context';
import { grantRole } from '@terreau/features/accounts/grant-role.command';
import { openAccount } from '@terreau/features/accounts/open-account.command';
import { newId } from '@terreau/kernel/ids';
import type { Platform } from '../src/lib/server/platform.ts';
import { serve } from '../src/server.ts';

/*
 * The built site with one territory, one organisation and a few accounts, as a real deployment: staff roles wait for a
 * second factor. Says where it answers on its first line. The accounts' password is given by whoever starts it.
 */
const port = await freePort();
const origin = `http://localhost:${port}`;
Object.assign(process.env, { PORT: String(port), HOST: 'localhost', TERREAU_ORIGIN: origin });
await serve(async (platform) => {
  await prepare(platform);
  return () => console.log(origin);
});

async function prepare({ engine }: Platform): Promise<void> {
  const ctx = operatorContext(engine, new Date());
  const password = await hashPassword(process.env['TERREAU_E2E_PASSWORD'] ?? '');
  const territoryId = newId();
  const organizationId = newId();
  const { pool } = engine;
  await pool.query(`insert into territory (id, slug, name) values ($1, 'beauvallon', 'Beauvallon')`, [territoryId]);
  await pool.query(
    `insert into organization (id, territory_id, name, status) values ($1, $2, 'Les Tisserands', 'published')`,
    [organizationId, territoryId]
  );
  const somebody = async (name: string, grant?: Grant) => {
    const email = `${name}@beauvallon.example`;
    const opened = await openAccount(ctx, { name, email });
    if (!opened.ok) throw new Error(opened.code);
    await pool.query(
      `insert into credential (account_id, provider_id, provider_account_id, password) values ($1, 'credential', $2, $3)`,
      [opened.value, opened.value, password]
    );
    if (grant) await grantRole(ctx, { accountId: opened.value, ...grant });
  };
  await somebody('coordination', { role: 'coordinator', territoryId, organizationId: null });
  await somebody('responsable', { role: 'organization-manager', territoryId, organizationId });
  for (const name of ['habitante', 'voisine', 'distraite', 'attaquee']) await somebody(name);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, 'localhost', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
