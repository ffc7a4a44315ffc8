import { createHash } from 'node:crypto';

/** The same for two files with the same columns, in whatever order. */
export function columnsKey(columns: readonly string[]): string {
  return createHash('sha256')
    .update([...columns].sort().join('\n'))
    .digest('hex');
}
