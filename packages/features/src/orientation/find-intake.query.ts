import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { mayWriteIntake } from './intake.policy.ts';
import { intakeDraft, intakeHistory, publishedIntake, type IntakeVersion } from './intake-versions.ts';

export type { IntakeVersion } from './intake-versions.ts';

/** What the coordination sees of its questions: what is asked now, what is being written, what was asked before. */
export interface IntakeDesk {
  readonly published: IntakeVersion;
  readonly draft: IntakeVersion | null;
  readonly history: readonly IntakeVersion[];
}

export async function findIntake(ctx: Context, territoryId: Id): Promise<IntakeDesk | null> {
  if (!mayWriteIntake(ctx.actor, territoryId)) return null;
  return reading(ctx, async (tx) => ({
    published: await publishedIntake(tx, territoryId),
    draft: await intakeDraft(tx, territoryId),
    history: await intakeHistory(tx, territoryId)
  }));
}
