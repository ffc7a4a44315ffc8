import type { Id } from '@terreau/kernel/ids';

/** How far a run of this process is. Kept in memory: it also carries a cancellation to the run at once. */
export interface Progress {
  done: number;
  total: number;
  readonly cancellation: AbortController;
}

const running = new Map<Id, Progress>();

export function beginProgress(runId: Id, total: number): Progress {
  const progress = { done: 0, total, cancellation: new AbortController() };
  running.set(runId, progress);
  return progress;
}

export function progressOf(runId: Id): Progress | null {
  return running.get(runId) ?? null;
}

export function endProgress(runId: Id): void {
  running.delete(runId);
}
