import { plainForm } from '../cells.ts';
import type { Preset } from '../preset.ts';

/** data·inclusion's own template marks its example rows with a column `__ignore__`. */
export const refuseIgnoredRow: NonNullable<Preset['refuseRow']> = (reader) =>
  ['vrai', 'true', '1', 'oui'].includes(plainForm(reader.cell('__ignore__')))
    ? { column: '__ignore__', reason: 'row-marked-ignored' }
    : null;
