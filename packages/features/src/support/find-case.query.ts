import type { Context } from '@terreau/database/context';
import type { SupportCase } from '@terreau/database/schema';
import { witnessed, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import type { Selectable } from 'kysely';
import type { CaseWords } from './case.rules.ts';
import { dimensionsOf } from './case-rows.ts';
import { headOf, ownDossier, type DossierHead } from './circle.ts';

export interface CaseSheet {
  readonly head: DossierHead;
  readonly isWritten: boolean;
  readonly words: CaseWords;
  readonly shownAs: 'anonymous' | 'named';
  readonly themes: readonly string[];
  readonly dimensions: readonly string[];
  readonly consent: { readonly givenAt: Instant; readonly by: string | null; readonly channel: string } | null;
}

/**
 * What an accompaniment teaches, for its circle: as it was written or, before, from what is already known of it, so that
 * nobody types it again. Null for whoever is not of the circle.
 */
export async function findCase(ctx: Context, territoryId: Id, dossierId: string): Promise<CaseSheet | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, territoryId, dossierId);
    if (!own) return null;
    saw({ dossierId: own.row.id, territoryId, as: own.role, kind: 'page', what: 'case' });
    const written = await tx
      .selectFrom('support_case')
      .selectAll()
      .where('dossier_id', '=', own.row.id)
      .executeTakeFirst();
    return {
      head: headOf(own),
      isWritten: written !== undefined,
      words: written ? wordsOf(written) : await fromFacts(tx, own.row.id, own.row.kind),
      shownAs: (written?.shown_as ?? 'anonymous') as CaseSheet['shownAs'],
      themes: written?.themes ?? own.row.themes,
      dimensions: written?.dimensions ?? (await dimensionsOf(tx, own.row.id)),
      consent: written?.consent_id ? await consentTo(tx, written.consent_id) : null
    };
  });
}

export function wordsOf(row: Selectable<SupportCase>): CaseWords {
  const { title, situation, tried, worked, failed, advice } = row;
  return { title, situation, tried, worked, failed, advice };
}

async function consentTo(tx: Tx, consentId: Id): Promise<CaseSheet['consent']> {
  const row = await tx
    .selectFrom('consent')
    .leftJoin('account', 'account.id', 'consent.account_id')
    .leftJoin('person', 'person.id', 'consent.person_id')
    .select(['given_at as givenAt', 'channel', 'account.name', 'person.display_name'])
    .where('consent.id', '=', consentId)
    .executeTakeFirst();
  return row ? { givenAt: row.givenAt, channel: row.channel, by: row.name ?? row.display_name } : null;
}

const LINES_MAX_COUNT = 12;

/** The first words of a case: the idea, the actions of the plan and what became of them. */
async function fromFacts(tx: Tx, dossierId: Id, kind: string): Promise<CaseWords> {
  const facts = await tx
    .selectFrom('dossier_fact')
    .select(['key', 'value'])
    .where('dossier_id', '=', dossierId)
    .where('key', 'in', ['idea.sentence', 'idea.for-whom'])
    .orderBy('id', 'desc')
    .execute();
  const actions = await tx
    .selectFrom('plan_action')
    .select(['what', 'state', 'success_sign as sign'])
    .where('dossier_id', '=', dossierId)
    .orderBy('written_at')
    .orderBy('id')
    .limit(LINES_MAX_COUNT)
    .execute();
  const lines = (some: readonly (string | null)[]) => some.filter(Boolean).join('\n') || null;
  const fact = (key: string) => facts.find((one) => one.key === key)?.value ?? null;
  const inState = (...states: string[]) => actions.filter((action) => states.includes(action.state));
  return {
    title: kind === 'project' ? 'Un projet d’habitants' : 'Une association',
    situation: lines([fact('idea.sentence'), fact('idea.for-whom')]),
    tried: lines(actions.map((action) => action.what)),
    worked: lines(inState('done', 'adapted').map((action) => action.sign ?? action.what)),
    failed: lines(inState('abandoned', 'blocked').map((action) => action.what)),
    advice: null
  };
}
