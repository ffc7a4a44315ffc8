import { cpus, loadavg, totalmem } from 'node:os';

export interface Relevance {
  readonly hit_at_1: number;
  readonly hit_at_5: number;
  readonly mrr_at_10: number;
}

/** `ranks`: for each query, the place of the right answer from 1, or null when it is not among the first ten. */
export function relevance(ranks: readonly (number | null)[]): Relevance {
  const share = (count: (rank: number) => number) =>
    rounded(
      ranks.reduce<number>((sum, rank) => sum + (rank === null ? 0 : count(rank)), 0) / Math.max(ranks.length, 1)
    );
  return {
    hit_at_1: share((rank) => (rank === 1 ? 1 : 0)),
    hit_at_5: share((rank) => (rank <= 5 ? 1 : 0)),
    mrr_at_10: share((rank) => (rank <= 10 ? 1 / rank : 0))
  };
}

export interface Latency {
  readonly p50_ms: number;
  readonly p95_ms: number;
}

export function latency(durationsMs: readonly number[]): Latency {
  const sorted = [...durationsMs].sort((a, b) => a - b);
  const at = (share: number) => rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { p50_ms: at(0.5), p95_ms: at(0.95) };
}

/** Where and when a figure was measured. */
export function circumstances() {
  return {
    machine: {
      cores: cpus().length,
      model: cpus()[0]?.model ?? 'unknown',
      ram_gb: Math.round(totalmem() / 2 ** 30),
      node: process.version
    },
    // Processes waiting for a core over 1, 5 and 15 minutes: above the number of cores, times are those of a busy machine.
    load_average: loadavg().map((load) => Math.round(load * 10) / 10),
    date: new Date().toISOString()
  };
}

export function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
