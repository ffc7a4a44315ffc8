import type { Answer } from './diagnosis.rules.ts';
import type { Level } from './diagnosis-grid.rules.ts';

/** An answer as a form sends it; null for nothing, or for what no form offers. */
export function readAnswer(typed: string): Answer | null {
  if (typed === 'not-concerned' || typed === 'unknown') return typed;
  return /^[1-4]$/.test(typed) ? (Number(typed) as Level) : null;
}
