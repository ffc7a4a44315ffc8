import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { settingsInForce } from '../territories/read-settings.query.ts';
import type { SettingValues } from '../territories/settings.schema.ts';
import type { DoorKind, RequestWords } from './door.schema.ts';
import { LIVE_REQUEST_STATES, type RequestState } from './request-life.rules.ts';

/** What somebody sees of what they asked. */
export interface SentRequest {
  readonly id: Id;
  readonly territoryId: Id;
  readonly slug: string;
  readonly territoryName: string;
  readonly timeZone: string;
  readonly door: DoorKind;
  readonly words: RequestWords;
  readonly state: RequestState;
  readonly visibility: string;
  readonly isLive: boolean;
  readonly submittedAt: Instant;
  readonly answerDueAt: Instant;
  readonly answeredAt: Instant | null;
  readonly nextStep: string | null;
  /** The first name of whoever answers, where the territory shows it. */
  readonly answersFirstName: string | null;
  /** Where and when they can be met. */
  readonly contact: SettingValues['contact'];
  readonly themes: readonly string[];
  readonly voiceFileId: Id | null;
}

type SentScope = { readonly personId: Id } | { readonly requestId: Id };

/** What an opened code shows: somebody's requests, or the one whose code it is. */
export function sentScope(opened: {
  readonly personId: Id;
  readonly requestId: Id | null;
  readonly hasAccount: boolean;
}): SentScope {
  return opened.hasAccount && opened.requestId ? { requestId: opened.requestId } : { personId: opened.personId };
}

const SHOWN_MAX_COUNT = 50;

/** The requests that were sent, newest first. The caller holds the platform's rights. */
export async function sentRequests(tx: Tx, scope: SentScope): Promise<SentRequest[]> {
  const rows = await tx
    .selectFrom('request')
    .innerJoin('territory', 'territory.id', 'request.territory_id')
    .leftJoin('account', 'account.id', 'request.responsible_id')
    .selectAll('request')
    .select(['territory.slug', 'territory.name as territoryName', 'territory.time_zone as timeZone'])
    .select('account.name as responsible')
    .where('request.state', '!=', 'draft')
    .$if('personId' in scope, (query) => query.where('person_id', '=', (scope as { personId: Id }).personId))
    .$if('requestId' in scope, (query) => query.where('request.id', '=', (scope as { requestId: Id }).requestId))
    .orderBy('request.id', 'desc')
    .limit(SHOWN_MAX_COUNT)
    .execute();
  const settings = new Map<Id, SettingValues>();
  for (const { territory_id: id } of rows) if (!settings.has(id)) settings.set(id, await settingsInForce(tx, id));
  return rows.map((row): SentRequest => {
    const { contact, 'show-first-names': showsNames } = settings.get(row.territory_id)!;
    const state = row.state as RequestState;
    return {
      id: row.id,
      territoryId: row.territory_id,
      slug: row.slug,
      territoryName: row.territoryName,
      timeZone: row.timeZone,
      door: row.door as DoorKind,
      words: {
        sentence: row.sentence!,
        forWhom: row.for_whom,
        placeWords: row.place_words,
        expectation: row.expectation
      },
      state,
      visibility: row.visibility,
      isLive: (LIVE_REQUEST_STATES as readonly RequestState[]).includes(state),
      submittedAt: row.submitted_at!,
      answerDueAt: row.answer_due_at!,
      answeredAt: row.answered_at,
      nextStep: row.next_step,
      answersFirstName: showsNames ? (row.responsible?.trim().split(/\s+/)[0] ?? null) : null,
      contact,
      themes: row.themes,
      voiceFileId: row.voice_file_id
    };
  });
}
