import type { Preset } from '../preset.ts';
import { soundRecord } from '../sound-record.ts';
import { recordOfLine } from '../tabular-export.ts';

/** Our own export, in CSV, XLSX or JSON: read back exactly as it was written. */
export const terreau: Preset = {
  name: 'terreau',
  label: 'Export de Terreau',
  labelEn: 'Export of Terreau',
  describes: 'organization',
  signature: ['ligne', 'organisation_id', 'id', 'source_id', 'nom', 'thematiques', 'lieux'],
  signatureMinPercent: 100,
  uniqueIds: true,
  isOwn: true,
  mappingFor: () => ({ columns: {} }),
  readWhole: (reader) => {
    const record = recordOfLine((column) => reader.cell(column));
    if (record === null) {
      reader.note('ligne', 'required-value-missing', 'rejects-row');
      return null;
    }
    // An export may have been edited since: what no longer holds is dropped and said.
    const sound = soundRecord(record);
    for (const { property, reason, value } of sound.dropped) reader.note(property, reason, 'drops-value', value);
    return sound.record;
  }
};
