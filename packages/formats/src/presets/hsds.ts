import type { Preset } from '../preset.ts';
import { HSDS_COLUMN } from '../tables/read-hsds.ts';
import { terreau } from './terreau.ts';

/** HSDS 3 as JSON, whoever wrote it: the reader lays it out as our own lines, but its ids are its producer's. */
export const hsds: Preset = {
  ...terreau,
  name: 'hsds',
  label: 'HSDS 3 (annuaire de services)',
  labelEn: 'HSDS 3 (directory of services)',
  signature: ['ligne', 'organisation_id', HSDS_COLUMN],
  isOwn: false
};
