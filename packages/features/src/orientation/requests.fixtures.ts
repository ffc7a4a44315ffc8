import type { Engine } from '@terreau/database/engine';
import { operatorContext } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import { aStaffMember, must } from '../directory/directory.fixtures.ts';
import { hashOfReceipt, newReceiptCode } from '../trust/receipt-code.ts';
import { answerDueAt } from './request-delays.rules.ts';
import type { RequestState } from './request-life.rules.ts';

/** What the tests of requests need: somebody who asks, and what became of it. */

export const ORIGIN = 'https://terreau.example';
const VALBRUNE = { timeZone: 'Europe/Paris', departement: null };

export interface AskedRequest {
  readonly id: Id;
  readonly personId: Id;
  readonly code: string;
}

/** A request that was sent at `now` by somebody without an account, unless told otherwise. */
export async function aRequest(
  engine: Engine,
  territoryId: Id,
  now: Date,
  more: {
    state?: RequestState;
    visibility?: 'facilitators' | 'partners';
    reachedBy?: 'phone' | 'sms' | 'mail' | 'visit';
    phone?: string | null;
    email?: string | null;
    accountId?: Id | null;
    responsibleId?: Id | null;
    themes?: string[];
    neighbourhoodId?: Id | null;
  } = {}
): Promise<AskedRequest> {
  const code = newReceiptCode();
  const { reachedBy = 'mail', phone = '+33612345678', email = 'samia@example.org', state = 'open' } = more;
  return must(
    await transaction(operatorContext(engine, now), 'submit-request', async (tx) => {
      const person = await tx
        .insertInto('person')
        .values({
          territory_id: territoryId,
          display_name: 'Samia',
          phone,
          email,
          account_id: more.accountId ?? null,
          created_at: now,
          last_contact_at: now
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const request = await tx
        .insertInto('request')
        .values({
          territory_id: territoryId,
          door: 'idea',
          person_id: person.id,
          sentence: 'Réparer les vélos du quartier',
          for_whom: 'les habitants',
          place_words: 'Les Tilleuls',
          expectation: 'Un local et des conseils',
          reached_by: reachedBy,
          visibility: more.visibility ?? 'facilitators',
          themes: more.themes ?? [],
          neighbourhood_id: more.neighbourhoodId ?? null,
          responsible_id: more.responsibleId ?? null,
          code_hash: hashOfReceipt(code),
          state,
          submitted_at: now,
          answer_due_at: answerDueAt(now, VALBRUNE, 5),
          state_changed_at: now,
          moved_at: now,
          created_at: now,
          updated_at: now
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return accept({ id: request.id, personId: person.id, code });
    })
  );
}

/** Somebody of the team whose role is written down, so that the platform knows whom to tell. */
export async function aTeamMember(engine: Engine, territoryId: Id, role: 'facilitator' | 'coordinator') {
  const member = await aStaffMember(engine, territoryId, role);
  must(
    await transaction(operatorContext(engine), 'grant-role', async (tx) => {
      await tx
        .insertInto('role_grant')
        .values({ account_id: member.accountId, role, territory_id: territoryId })
        .execute();
      return accept();
    })
  );
  return member;
}

export function requestRow(engine: Engine, id: Id) {
  return reading(operatorContext(engine), (tx) =>
    tx.selectFrom('request').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  );
}

export function offerRows(engine: Engine, requestId: Id) {
  return reading(operatorContext(engine), (tx) =>
    tx.selectFrom('request_offer').selectAll().where('request_id', '=', requestId).orderBy('id').execute()
  );
}

export function moveRows(engine: Engine, requestId: Id) {
  return reading(operatorContext(engine), (tx) =>
    tx.selectFrom('request_move').selectAll().where('request_id', '=', requestId).orderBy('id').execute()
  );
}

export function promiseRows(engine: Engine, requestId: Id) {
  return reading(operatorContext(engine), (tx) =>
    tx.selectFrom('promised_contact').selectAll().where('request_id', '=', requestId).orderBy('id').execute()
  );
}

/** The token in the newest mail to `recipient` that holds an address beginning with `path`. */
export async function tokenSentTo(engine: Engine, recipient: string, path: '/replies/' | '/surveys/'): Promise<string> {
  const rows = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('outbox').select('body_text').where('recipient', '=', recipient).orderBy('id', 'desc').execute()
  );
  for (const { body_text } of rows) {
    const found = body_text.match(new RegExp(`${ORIGIN}${path}([\\w-]+)`));
    if (found) return found[1]!;
  }
  throw new Error(`no link to ${path} was sent`);
}
