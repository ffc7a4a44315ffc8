import type { Engine } from '@terreau/database/engine';
import { operatorContext } from '@terreau/database/testing';
import { transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { plusDays } from '@terreau/kernel/instants';
import { accept } from '@terreau/kernel/verdict';
import { must } from '../directory/directory.fixtures.ts';

/* What the tests of the week need: requests as they stand after a few days, without their whole history. */

export interface StandingRequest {
  readonly territoryId: Id;
  readonly submittedAt: Date;
  readonly sentence?: string;
  readonly state?: string;
  readonly responsibleId?: Id | null;
  readonly answeredAt?: Date | null;
  readonly answerDueAt?: Date;
  readonly movedAt?: Date;
}

/** A request of somebody who left a telephone number. */
export async function aStandingRequest(engine: Engine, request: StandingRequest): Promise<Id> {
  const { territoryId, submittedAt, state = 'open' } = request;
  return must(
    await transaction(operatorContext(engine), 'prepare', async (tx) => {
      const person = await tx
        .insertInto('person')
        .values({ territory_id: territoryId, display_name: 'Samira', phone: '+33639980101' })
        .returning('id')
        .executeTakeFirstOrThrow();
      const id = newId();
      await tx
        .insertInto('request')
        .values({
          id,
          territory_id: territoryId,
          door: 'need',
          person_id: person.id,
          sentence: request.sentence ?? 'Une salle pour répéter le jeudi',
          state,
          state_changed_at: submittedAt,
          submitted_at: submittedAt,
          answer_due_at: request.answerDueAt ?? plusDays(submittedAt, 7),
          answered_at: request.answeredAt ?? null,
          moved_at: request.movedAt ?? submittedAt,
          responsible_id: request.responsibleId ?? null,
          ...(state === 'closed' ? { next_step: 'Rappeler au printemps', close_reason: 'nothing-found' } : {})
        })
        .execute();
      return accept(id);
    })
  );
}

export async function aPromise(
  engine: Engine,
  promise: { territoryId: Id; by: Id | null; on: string; requestId?: Id; kind?: string; note?: string }
): Promise<Id> {
  return must(
    await transaction(operatorContext(engine), 'prepare', async (tx) => {
      const row = await tx
        .insertInto('promised_contact')
        .values({
          territory_id: promise.territoryId,
          request_id: promise.requestId ?? null,
          kind: promise.kind ?? 'call',
          promised_on: promise.on,
          promised_by: promise.by,
          note: promise.note ?? null
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return accept(row.id);
    })
  );
}

/** An offer that an organisation answered. */
export async function anAnsweredOffer(
  engine: Engine,
  offer: { territoryId: Id; requestId: Id; organizationId: Id; state: 'accepted' | 'refused'; answeredAt: Date }
): Promise<Id> {
  return must(
    await transaction(operatorContext(engine), 'prepare', async (tx) => {
      const row = await tx
        .insertInto('request_offer')
        .values({
          territory_id: offer.territoryId,
          request_id: offer.requestId,
          organization_id: offer.organizationId,
          shared_fields: ['sentence'],
          state: offer.state,
          reason: offer.state === 'refused' ? 'full' : null,
          offered_at: plusDays(offer.answeredAt, -2),
          expires_at: plusDays(offer.answeredAt, 6),
          answered_at: offer.answeredAt
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return accept(row.id);
    })
  );
}
