import { writeSync } from 'node:fs';
import { newId } from '../../packages/kernel/src/ids.ts';
import { accept } from '../../packages/kernel/src/verdict.ts';
import { operatorContext } from '../../packages/database/src/context.ts';
import { holdDataDirectory } from '../../packages/database/src/data-directory.ts';
import { openEmbedded } from '../../packages/database/src/engine.ts';
import { migrate } from '../../packages/database/src/migrate.ts';
import { transaction } from '../../packages/database/src/transaction.ts';

/* Writes rows as commands do, without end, and prints each key once its transaction is acknowledged. */
const ROW_BYTES = 2_000;
const directory = await holdDataDirectory(process.argv[2]!);
const engine = await openEmbedded(directory.database);
await migrate(engine);
for (;;) {
  const now = new Date();
  const key = `${newId()}-${'x'.repeat(ROW_BYTES)}`;
  const verdict = await transaction(operatorContext(engine, now), 'write', async (tx) => {
    await tx.insertInto('rate_limit').values({ key, hits: 1, window_started_at: now }).execute();
    return accept();
  });
  // Written at once: nothing that was acknowledged may stay in a buffer of a killed process.
  if (verdict.ok) writeSync(1, `${key}\n`);
}
