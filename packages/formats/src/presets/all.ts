import type { Preset } from '../preset.ts';
import { cityAssociations } from './city-associations.ts';
import { conseillersNumeriques } from './conseillers-numeriques.ts';
import { dataInclusionServices } from './data-inclusion-services.ts';
import { dataInclusionStructures } from './data-inclusion-structures.ts';
import { franceServices } from './france-services.ts';
import { generic } from './generic.ts';
import { hsds } from './hsds.ts';
import { mednum } from './mednum.ts';
import { rnaWaldec } from './rna-waldec.ts';
import { sirene } from './sirene.ts';
import { terreau } from './terreau.ts';
import { terreauGeojson } from './terreau-geojson.ts';

/** Every kind of file that is known, the general one last. */
export const PRESETS: readonly Preset[] = [
  hsds,
  terreau,
  terreauGeojson,
  dataInclusionStructures,
  dataInclusionServices,
  mednum,
  rnaWaldec,
  sirene,
  franceServices,
  conseillersNumeriques,
  cityAssociations,
  generic
];

export function presetNamed(name: string): Preset | null {
  return PRESETS.find((preset) => preset.name === name) ?? null;
}
