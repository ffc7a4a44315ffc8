import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { EXIT_ANSWERS, journeyOf, NEXT_ACTION_KEY } from '../support/journey.rules.ts';
import { shownFields } from '../support/shared-project.ts';
import content from './journeys.json' with { type: 'json' };
import type { DossierSeed } from './seed-dossiers.ts';

interface ToldProject {
  readonly title: string;
  readonly sentence: string;
  readonly forWhom: string;
  readonly where: string;
  readonly expectation: string;
  readonly themes: readonly string[];
  readonly neighbourhood: string;
  readonly need: string;
  readonly aim: string;
  readonly actions: readonly string[];
  readonly change: string;
  /** The step at which a structure that was already at work began. */
  readonly start?: number;
  readonly share?: string;
  readonly next?: string;
}

interface SeededDossier {
  readonly id: Id;
  readonly title: string;
  readonly step: number;
  readonly state: string;
  readonly opened_at: Date;
  readonly opened_by: Id | null;
  readonly state_changed_at: Date;
}

const DAY_MS = 86_400_000;
/** A team that answered at the same time as everybody else would look made up: each dossier has its own hours. */
const HOUR_MS = 3_600_000;

/** What was said in the forty dossiers, what was decided in them, and the projects that their circles show. */
export async function insertJourneys(tx: Tx, ctx: Context, seed: DossierSeed & Neighbourhoods): Promise<void> {
  const dossiers = await tx
    .selectFrom('dossier')
    .select(['id', 'title', 'step', 'state', 'opened_at', 'opened_by', 'state_changed_at'])
    .where('territory_id', '=', seed.territoryId)
    .execute();
  const byTitle = new Map(dossiers.map((dossier) => [dossier.title, dossier]));
  for (const [position, told] of (content.dossiers as readonly ToldProject[]).entries()) {
    const dossier = byTitle.get(told.title);
    if (!dossier) throw new Error(`no dossier is called "${told.title}"`);
    await tx
      .updateTable('dossier')
      .set({ themes: [...told.themes], neighbourhood_id: seed.neighbourhoods.get(told.neighbourhood)! })
      .where('id', '=', dossier.id)
      // What was said of some for their meetings stays.
      .where('neighbourhood_id', 'is', null)
      .execute();
    await insertFacts(tx, ctx, seed, dossier, told, position);
    await insertDecisions(tx, ctx, seed, dossier, told, position);
    if (told.share) await share(tx, seed, dossier, told.share);
  }
}

interface Neighbourhoods {
  readonly neighbourhoods: ReadonlyMap<string, Id>;
}

/** When a step was lived through: they share the time since the dossier was opened. */
function lived(ctx: Context, dossier: SeededDossier, step: number, position: number): Date {
  const start = dossier.opened_at.getTime();
  const end = ctx.now.getTime() - DAY_MS;
  const share = dossier.step === 0 ? 0 : step / (dossier.step + 1);
  const hours = ((position * 3 + step * 2) % 7) * HOUR_MS;
  return new Date(Math.min(end, start + (end - start) * share + hours));
}

async function insertFacts(
  tx: Tx,
  ctx: Context,
  { territoryId }: DossierSeed,
  dossier: SeededDossier,
  told: ToldProject,
  position: number
): Promise<void> {
  const own = new Map<string, string>([
    ['idea.sentence', told.sentence],
    ['idea.for-whom', told.forWhom],
    ['idea.where', told.where],
    ['idea.expectation', told.expectation],
    ['need.statement', told.need],
    ['project.aim', told.aim],
    ['project.first-actions', told.actions.join('\n')],
    ['project.change', told.change]
  ]);
  const pools = content.answers as Readonly<Record<string, readonly string[]>>;
  const first = told.start ?? 0;
  const rows = journeyOf('fr')
    .filter(({ step }) => step === 0 || step === 2 || (step >= first && step <= dossier.step))
    .flatMap(({ step, fields, questions }) => {
      const at = lived(ctx, dossier, Math.max(0, step - first), position);
      const isOver = step < dossier.step || dossier.state === 'closed';
      // The step where a project stands is half told.
      const asked = fields.filter(
        (field, index) => field.askedAt === null && (isOver || index % 2 === 0 || step === 0)
      );
      const said = asked.map(({ key }) => ({
        key,
        value: own.get(key) ?? pools[key]?.[position % pools[key].length] ?? ''
      }));
      const answers = questions
        .filter((_, index) => (step >= first || step === 0) && (isOver || index === 0))
        .map(({ key }) => ({ key, value: EXIT_ANSWERS[isOver ? 0 : position % 2]! }));
      return [...said, ...answers].map((row) => ({ ...row, at }));
    });
  const next = told.next && !['closed', 'interrupted', 'redirected'].includes(dossier.state) ? told.next : null;
  const all = [
    ...rows,
    ...(next ? [{ key: NEXT_ACTION_KEY, value: next, at: new Date(ctx.now.getTime() - 2 * DAY_MS) }] : [])
  ];
  await tx
    .insertInto('dossier_fact')
    .values(
      all
        .filter((row) => row.value !== '')
        .map(({ key, value, at }) => ({
          id: newId(at.getTime()),
          dossier_id: dossier.id,
          territory_id: territoryId,
          key,
          value,
          said_by: dossier.opened_by,
          said_at: at
        }))
    )
    .execute();
}

async function insertDecisions(
  tx: Tx,
  ctx: Context,
  { territoryId }: DossierSeed,
  dossier: SeededDossier,
  { start = 0 }: ToldProject,
  position: number
): Promise<void> {
  const { reasons } = content;
  const place = {
    dossier_id: dossier.id,
    territory_id: territoryId,
    decided_by: dossier.opened_by,
    decided_as: 'facilitator'
  };
  const decided = (decision: string, from: number, to: number, reason: string | null, at: Date) => ({
    id: newId(at.getTime()),
    ...place,
    decision,
    from_step: from,
    to_step: to,
    reason,
    decided_at: at
  });
  const steps = Array.from({ length: Math.max(0, dossier.step - start) }, (_, index) => start + index);
  const rows = [
    ...(start > 0
      ? [decided('continue', 0, start, reasons.skip[position % reasons.skip.length]!, lived(ctx, dossier, 0, position))]
      : []),
    ...steps.map((step) => {
      const reason = reasons.continue[Math.min(step, reasons.continue.length - 1)]!;
      return decided('continue', step, step + 1, reason, lived(ctx, dossier, step - start + 1, position));
    }),
    ...(dossier.state === 'paused'
      ? [decided('pause', dossier.step, dossier.step, reasons.pause[0]!, dossier.state_changed_at)]
      : []),
    ...(dossier.state === 'interrupted'
      ? [decided('stop', dossier.step, dossier.step, null, dossier.state_changed_at)]
      : [])
  ];
  if (rows.length > 0) await tx.insertInto('step_decision').values(rows).execute();
}

async function share(tx: Tx, { territoryId }: DossierSeed, dossier: SeededDossier, audience: string): Promise<void> {
  const row = await tx.selectFrom('dossier').selectAll().where('id', '=', dossier.id).executeTakeFirstOrThrow();
  const fields = await shownFields(tx, row);
  await tx
    .insertInto('shared_project')
    .values({
      dossier_id: dossier.id,
      territory_id: territoryId,
      audience,
      title: fields.title,
      neighbourhood_id: fields.neighbourhood?.id ?? null,
      themes: [...fields.themes],
      sentence: fields.sentence,
      for_whom: fields.forWhom,
      place_words: fields.placeWords,
      aim: fields.aim,
      first_actions: fields.firstActions,
      hoped_change: fields.hopedChange,
      mark: fields.mark,
      shared_by: dossier.opened_by,
      shared_as: 'facilitator',
      shared_at: dossier.state_changed_at
    })
    .execute();
  await tx.updateTable('dossier').set({ visibility: audience }).where('id', '=', dossier.id).execute();
}
