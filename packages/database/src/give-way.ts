import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import type { Engine } from './engine.ts';

const LOOK_MILLISECONDS = 3;
/** Quiet looks in a row after which nobody is in the middle of a page. */
const QUIET_LOOKS_COUNT = 2;
/** However busy the pages are, long work goes on after this. */
const GIVE_WAY_MAX_MILLISECONDS = 250;

/**
 * Called between two pieces of a long work. The embedded database has one connection, and a page asks it many small
 * questions in a row: whoever waits is served first, page after page, for a bounded time. A server needs none of it.
 */
export async function giveWay(engine: Engine): Promise<void> {
  await nextTurn();
  if (engine.kind !== 'embedded') return;
  const until = performance.now() + GIVE_WAY_MAX_MILLISECONDS;
  for (let quiet = 0; quiet < QUIET_LOOKS_COUNT && performance.now() < until;) {
    await wait(LOOK_MILLISECONDS);
    const { waitingCount, idleCount, totalCount } = engine.pool;
    quiet = waitingCount === 0 && idleCount === totalCount ? quiet + 1 : 0;
  }
}
