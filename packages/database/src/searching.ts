import type { Context } from './context.ts';
import type { Engine } from './engine.ts';
import { reading, type Tx } from './transaction.ts';

/**
 * Runs a search as {@link reading} does. The embedded database answers one question at a time, and a search is its longest:
 * searches wait for one another outside the queue of the connection, so that a page waits behind one of them, never behind all.
 */
export async function searching<Value>(ctx: Context, work: (tx: Tx) => Promise<Value>): Promise<Value> {
  if (ctx.engine.kind !== 'embedded') return reading(ctx, work);
  const mine = (lastSearch.get(ctx.engine) ?? Promise.resolve()).then(() => reading(ctx, work));
  lastSearch.set(
    ctx.engine,
    mine.catch(() => undefined)
  );
  return mine;
}

const lastSearch = new WeakMap<Engine, Promise<unknown>>();
