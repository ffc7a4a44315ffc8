import { plainForm } from './cells.ts';
import type { Preset } from './preset.ts';
import { PRESETS } from './presets/all.ts';
import { generic } from './presets/generic.ts';
import type { Table } from './read-table.ts';

export interface Detection {
  readonly preset: Preset;
  /** Share of the preset's signature that the file has, in whole percent. */
  readonly percent: number;
}

/** The kind of file that this is: the best signature among those complete enough, else the general one. */
export function detectPreset(table: Table): Detection {
  const [best] = scorePresets(table);
  return best ?? { preset: generic, percent: 0 };
}

/** Every preset whose signature is complete enough, best first. */
export function scorePresets(table: Table): Detection[] {
  const columns = new Set(table.columns.map(plainForm));
  return PRESETS.filter((preset) => preset.signature.length > 0)
    .map((preset) => {
      const present = preset.signature.filter((name) => columns.has(plainForm(name))).length;
      return { preset, percent: Math.floor((present * 100) / preset.signature.length) };
    })
    .filter(({ preset, percent }) => percent >= preset.signatureMinPercent)
    .sort((a, b) => b.percent - a.percent);
}
