import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { proposeKindsFromWords, proposeThemesFromWords, type KindProposal } from '@terreau/matching/propose-from-words';
import type { ThemeProposal } from '@terreau/matching/propose-themes';
import { mayFollowRequests } from './requests.policy.ts';
import { suggestSupports, type Suggestions } from './suggest-supports.query.ts';

export interface RequestSuggestions extends Suggestions {
  /** What the person's words may be about: nothing is matched on them before somebody has confirmed. */
  readonly proposedThemes: readonly ThemeProposal[];
  readonly proposedKinds: readonly KindProposal[];
}

/** Who and what can help with a request, for the team that answers it. Absent and forbidden answer alike. */
export async function suggestForRequest(
  ctx: Context,
  territoryId: Id,
  requestId: Id
): Promise<Verdict<RequestSuggestions, 'not-found'>> {
  if (!isId(territoryId) || !isId(requestId) || !mayFollowRequests(ctx.actor, territoryId)) return refuse('not-found');
  const request = await reading(ctx, (tx) =>
    tx
      .selectFrom('request')
      .leftJoin('organization', 'organization.id', 'request.organization_id')
      .select(['sentence', 'for_whom', 'expectation', 'request.themes', 'request.publics', 'neighbourhood_id'])
      .select(['language', 'request.organization_id', 'organization.legal_form'])
      .where('request.id', '=', requestId)
      .where('request.territory_id', '=', territoryId)
      .executeTakeFirst()
  );
  if (!request) return refuse('not-found');
  const text = [request.sentence, request.expectation].filter((part) => part !== null).join(' ');
  const found = await suggestSupports(ctx, {
    territoryId,
    text,
    themes: request.themes,
    publics: request.publics,
    languages: [request.language],
    neighbourhoodId: request.neighbourhood_id,
    organizationId: request.organization_id,
    legalForm: request.legal_form
  });
  const words = [text, request.for_whom].filter((part) => part !== null).join(' ');
  return accept({
    ...found,
    proposedThemes: proposeThemesFromWords(words),
    proposedKinds: proposeKindsFromWords(words)
  });
}
