import { createHash } from 'node:crypto';
import type { Tx } from '@terreau/database/transaction';
import type { OwnDossier } from './circle.ts';
import { factsOf } from './facts.ts';
import type { ShownFields } from './sharing.rules.ts';

/** The fact that each shown text is copied from. */
const KEYS = {
  sentence: 'idea.sentence',
  forWhom: 'idea.for-whom',
  placeWords: 'idea.where',
  aim: 'project.aim',
  firstActions: 'project.first-actions',
  hopedChange: 'project.change'
} as const;

/** What would be shown of a dossier now. */
export async function shownFields(tx: Tx, row: OwnDossier['row']): Promise<ShownFields> {
  const facts = await factsOf(tx, row.id, Object.values(KEYS));
  const said = (name: keyof typeof KEYS) => facts.get(KEYS[name])?.value ?? null;
  const neighbourhood = row.neighbourhood_id
    ? await tx
        .selectFrom('neighbourhood')
        .select(['id', 'name'])
        .where('id', '=', row.neighbourhood_id)
        .executeTakeFirst()
    : undefined;
  const fields = {
    title: row.title,
    neighbourhood: neighbourhood ?? null,
    themes: row.themes,
    sentence: said('sentence'),
    forWhom: said('forWhom'),
    placeWords: said('placeWords'),
    aim: said('aim'),
    firstActions: said('firstActions'),
    hopedChange: said('hopedChange')
  };
  return { ...fields, mark: createHash('sha256').update(JSON.stringify(fields)).digest('base64url') };
}
