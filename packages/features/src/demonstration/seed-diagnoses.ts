import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { localDate, plusDays, plusMonths } from '@terreau/kernel/instants';
import { proposedPriorities, type AgreedItem } from '../support/diagnosis.rules.ts';
import { dimensionOf, itemCodes, type Form, type Level } from '../support/diagnosis-grid.rules.ts';
import { countWaiting } from '../support/release-diagnosis-counts.command.ts';
import content from './key-figures.json' with { type: 'json' };
import type { DossierSeed } from './seed-dossiers.ts';

/** States in which both sides have signed a diagnosis. */
const DIAGNOSED = [
  'plan-proposed',
  'plan-accepted',
  'under-way',
  'paused',
  'review',
  'closed',
  'check-up-12',
  'check-up-24'
];
/** A diagnosis is made some weeks after the dossier was opened; again after one and two years. */
const FIRST_ROUND_DAYS = 30;
const ROUNDS_MONTHS = [0, 12, 24];
/** Of the structures, in the order of their dossiers: every sixth keeps everything for itself, every fifth half of it. */
const KEEPS_ALL_EVERY = 6;
const KEEPS_HALF_EVERY = 5;
/** The last ones signed after the territory's count was made, and wait for the next. */
const WAITING_COUNT = 3;

interface Accompanied {
  readonly id: Id;
  readonly title: string;
  readonly opened_by: Id | null;
  readonly opened_at: Date;
}

/** Signed diagnoses, N, N+1 and N+2, what their structures let be counted, and one count of the territory. */
export async function insertDiagnoses(tx: Tx, ctx: Context, seed: DossierSeed): Promise<void> {
  const dossiers = await tx
    .selectFrom('dossier')
    .select(['id', 'title', 'opened_by', 'opened_at'])
    .where('territory_id', '=', seed.territoryId)
    .where('state', 'in', DIAGNOSED)
    .orderBy('opened_at')
    .orderBy('title')
    .execute();
  for (const [position, dossier] of dossiers.entries()) {
    if (position === dossiers.length - WAITING_COUNT) {
      await countWaiting(tx, { ...ctx, now: plusDays(ctx.now, -1) }, seed.territoryId);
    }
    const rounds = ROUNDS_MONTHS.map((months) => plusMonths(plusDays(dossier.opened_at, FIRST_ROUND_DAYS), months));
    for (const [round, at] of rounds.entries()) {
      if (at < plusDays(ctx.now, -2)) await insertRound(tx, seed, dossier, { position, round, at });
    }
  }
}

interface Round {
  readonly position: number;
  readonly round: number;
  readonly at: Date;
}

async function insertRound(
  tx: Tx,
  seed: DossierSeed,
  dossier: Accompanied,
  { position, round, at }: Round
): Promise<void> {
  const form: Form = position % 3 === 0 ? 'full' : 'short';
  const id = newId(at.getTime());
  const place = { dossier_id: dossier.id, territory_id: seed.territoryId };
  const adviser = dossier.opened_by;
  await tx
    .insertInto('diagnosis')
    .values({
      ...place,
      id,
      round,
      form,
      opened_by: adviser,
      opened_at: at,
      compared_at: at,
      agreed_on: localDate(at, seed.timeZone),
      people_present: 'Présidence, trésorerie, accompagnement',
      structure_signed_at: at,
      structure_signed_by: null,
      adviser_signed_at: at,
      adviser_signed_by: adviser
    })
    .execute();
  const codes = itemCodes(form);
  const told = (content.agreed as Readonly<Record<string, Readonly<Record<string, number>>>>)[dossier.title] ?? {};
  const levelOf = (code: string, shift: number) =>
    (shift === 0 && (told[code] as Level | undefined)) || levelAt(position, code, round, shift);
  await insertView(tx, place, id, at, { side: 'structure', label: 'Présidence' }, codes, (code) => levelOf(code, 1));
  await insertView(tx, place, id, at, { side: 'adviser', account_id: adviser }, codes, (code) => levelOf(code, 0));
  const agreed: AgreedItem[] = codes.map((item, index) => ({
    item,
    answer: levelOf(item, 0),
    importance: (position + index) % 4
  }));
  const priorities = proposedPriorities(agreed);
  const rows = agreed.map(({ item, answer, importance }, index) => ({
    ...place,
    diagnosis_id: id,
    item,
    level: answer as Level,
    importance,
    evidence: index % 4 === 0 ? content.evidence[(position + index) % content.evidence.length]! : null,
    priority: priorities.includes(item) ? priorities.indexOf(item) + 1 : null,
    agreed_at: at,
    agreed_by: adviser
  }));
  await tx.insertInto('diagnosis_item').values(rows).execute();
  await insertConsents(tx, place, id, at, position, codes);
}

interface Place {
  readonly dossier_id: Id;
  readonly territory_id: Id;
}

async function insertView(
  tx: Tx,
  place: Place,
  diagnosisId: Id,
  at: Date,
  who: { readonly side: string; readonly label?: string; readonly account_id?: Id | null },
  codes: readonly string[],
  levelOf: (code: string) => Level
): Promise<void> {
  const { id } = await tx
    .insertInto('diagnosis_view')
    .values({ ...place, ...who, diagnosis_id: diagnosisId, started_at: at, submitted_at: at })
    .returning('id')
    .executeTakeFirstOrThrow();
  const rows = codes.map((item) => ({ ...place, view_id: id, item, level: levelOf(item) }));
  await tx.insertInto('diagnosis_answer').values(rows).execute();
}

async function insertConsents(
  tx: Tx,
  place: Place,
  diagnosisId: Id,
  at: Date,
  position: number,
  codes: readonly string[]
): Promise<void> {
  if (position % KEEPS_ALL_EVERY === KEEPS_ALL_EVERY - 1) return;
  const counted = position % KEEPS_HALF_EVERY === 0 ? codes.slice(0, Math.ceil(codes.length / 2)) : codes;
  const rows = counted.map((item) => ({
    ...place,
    diagnosis_id: diagnosisId,
    item,
    purpose: 'count',
    channel: 'paper',
    given_at: at
  }));
  await tx.insertInto('diagnosis_consent').values(rows).execute();
}

/** Levels that differ from one structure, dimension and item to the next, and rise a little from one round to the next. */
function levelAt(position: number, code: string, round: number, shift: number): Level {
  const dimension = Number(dimensionOf(code).slice(1));
  const item = Number(code.at(-1));
  const drawn = Math.trunc(Math.imul(position * 131 + dimension * 37 + item * 11, 2_654_435_761) >>> 30);
  const grown = drawn + (round > 0 && (dimension + item) % 2 === 0 ? round : 0);
  const seen = shift === 1 && (position + dimension + item) % 3 === 0 ? grown - 2 : grown;
  return (Math.min(3, Math.max(0, seen)) + 1) as Level;
}
