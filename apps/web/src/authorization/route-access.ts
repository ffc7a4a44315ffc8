import type { Role } from '@terreau/database/context';

/** Who asks: a role held in the subject's territory (or anywhere, for another territory's subject), or none at all. */
export type Who = Role | 'visitor' | 'account';

/**
 * Who may use one route with one method. Everything that is not listed answers as if the page did not exist (404),
 * or sends a visitor to the sign-in page where `signIn` is true. The authorization matrix is generated from these rows
 * and tries every cell; a route, a form action or an endpoint without a row fails the check.
 */
export interface RouteAccess {
  /** SvelteKit's route id, such as `/[territory]/organizations/[organization]/edit`. */
  readonly route: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The form action, for POST on a page: `default` or its name. */
  readonly action?: string;
  /** What the route's last parameter names, if it names something; `platform` routes name nothing and no territory. */
  readonly subject:
    | 'organization'
    | 'service'
    | 'place'
    | 'post'
    | 'skill'
    | 'support'
    | 'support-import'
    | 'import-run'
    | 'duplicate-pair'
    | 'person'
    | 'account'
    | 'flag'
    | 'receipt'
    | 'request'
    | 'invitation'
    | 'dossier'
    | 'committee'
    | 'report'
    | 'report-template'
    | 'support-case'
    | 'coordination-work'
    | 'territory'
    | 'platform'
    | 'token';
  /** The subject is the actor's own: written by them, or their organisation's. */
  readonly own?: readonly Who[];
  /** The subject is somebody else's, in a territory where the actor holds the role. */
  readonly sameTerritory: readonly Who[];
  /** The subject is in a territory where the actor holds nothing. */
  readonly otherTerritory: readonly Who[];
  /** A visitor who may not is sent to the sign-in page rather than told "not found". */
  readonly signIn?: boolean;
}

export const EVERYONE: readonly Who[] = [
  'visitor',
  'account',
  'resident',
  'project-carrier',
  'organization-member',
  'organization-manager',
  'facilitator',
  'expert',
  'trainer',
  'juror',
  'coordinator',
  'funder',
  'platform-administrator'
];
export const SIGNED_IN: readonly Who[] = EVERYONE.filter((who) => who !== 'visitor');
export const STAFF: readonly Who[] = ['facilitator', 'coordinator'];
export const COORDINATION: readonly Who[] = ['coordinator'];
export const PLATFORM: readonly Who[] = ['platform-administrator'];
export const NOBODY: readonly Who[] = [];
