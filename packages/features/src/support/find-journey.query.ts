import type { Context } from '@terreau/database/context';
import { witnessed, type PrivateRead, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import { circleOf, type CircleMember } from './circle-members.ts';
import { headOf, ownDossier, type DossierHead } from './circle.ts';
import { ENDED_STATES, type CircleRole, type DossierState } from './dossier-life.rules.ts';
import { factsOf, type Fact } from './facts.ts';
import { knownOf, type KnownOfDossier } from './journey-known.ts';
import { journeyKeys, type JourneySource, type SourceLine } from './journey.rules.ts';
import { sourceLines } from './journey-sources.ts';
import { decisionsFrom, type StepDecision } from './step-decision.rules.ts';

export const DECISIONS_SHOWN_ROWS = 50;

/** Where a project stands on its journey, and everything that was said of it. */
export interface Journey {
  readonly head: DossierHead;
  readonly kind: 'project' | 'organization';
  readonly state: DossierState;
  readonly isEnded: boolean;
  readonly step: number;
  readonly nextContactOn: LocalDate | null;
  readonly themes: readonly string[];
  readonly version: number;
  readonly openedAt: Instant;
  readonly hasRequest: boolean;
  readonly visibility: 'circle' | 'territory' | 'public';
  readonly facts: ReadonlyMap<string, Fact>;
  /** The newest fact read: what a form sends back, so that nothing newer is overwritten unseen. */
  readonly newestFact: Id | null;
  /** Whoever is in the circle now. */
  readonly circle: readonly CircleMember[];
  readonly decisions: readonly DecidedRow[];
  /** What the reader may decide now; empty for whoever may not. */
  readonly mayDecide: readonly StepDecision[];
  readonly mayWrite: boolean;
  readonly sources: ReadonlyMap<JourneySource, readonly SourceLine[]>;
  readonly known: KnownOfDossier;
}

export interface DecidedRow {
  readonly decision: StepDecision;
  readonly fromStep: number;
  readonly toStep: number;
  readonly reason: string | null;
  readonly by: string | null;
  readonly as: CircleRole | null;
  readonly at: Instant;
}

export interface JourneyRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  /** As what the look is written in the journal: a page, or a file that is taken away. */
  readonly look: Pick<PrivateRead, 'kind' | 'what'>;
}

/** The journey for somebody of the circle, the look being written down; null for anybody else. */
export async function findJourney(ctx: Context, request: JourneyRequest): Promise<Journey | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, request.territoryId, request.dossierId);
    if (!own) return null;
    const { row, role, isActive } = own;
    saw({ dossierId: row.id, territoryId: request.territoryId, as: role, ...request.look });
    const state = row.state as DossierState;
    const facts = await factsOf(tx, row.id, journeyKeys());
    const circle = await circleOf(tx, row.id, ctx.actor.accountId);
    return {
      head: headOf(own),
      kind: row.kind as Journey['kind'],
      state,
      isEnded: ENDED_STATES.includes(state),
      step: row.step,
      nextContactOn: row.next_contact_on,
      themes: row.themes,
      version: row.version,
      openedAt: row.opened_at,
      hasRequest: row.request_id !== null,
      visibility: row.visibility as Journey['visibility'],
      facts,
      newestFact: newestOf(facts),
      circle: circle.filter((member) => member.leftAt === null),
      decisions: await decisionsOf(tx, row.id),
      mayDecide: isActive ? decisionsFrom(row.step, state, role) : [],
      mayWrite: isActive && role !== 'observer',
      sources: await sourceLines(tx, row.id, ctx.language),
      known: await knownOf(tx, row.id)
    };
  });
}

function newestOf(facts: ReadonlyMap<string, Fact>): Id | null {
  const ids = [...facts.values()].map((fact) => fact.id).sort();
  return ids.at(-1) ?? null;
}

async function decisionsOf(tx: Tx, dossierId: Id): Promise<DecidedRow[]> {
  const rows = await tx
    .selectFrom('step_decision')
    .leftJoin('account', 'account.id', 'step_decision.decided_by')
    .select(['decision', 'from_step', 'to_step', 'reason', 'decided_as', 'decided_at', 'account.name'])
    .where('dossier_id', '=', dossierId)
    .orderBy('step_decision.id', 'desc')
    .limit(DECISIONS_SHOWN_ROWS)
    .execute();
  return rows.map((row) => ({
    decision: row.decision as StepDecision,
    fromStep: row.from_step,
    toStep: row.to_step,
    reason: row.reason,
    by: row.name,
    as: row.decided_as as CircleRole | null,
    at: row.decided_at
  }));
}
