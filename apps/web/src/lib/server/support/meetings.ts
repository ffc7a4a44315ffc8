import { fail } from '@sveltejs/kit';
import type { AnswerIntroductionRefusal } from '@terreau/features/support/answer-introduction.command';
import type { ProposeIntroductionRefusal } from '@terreau/features/support/propose-introduction.command';
import type { HoldIntroductionRefusal } from '@terreau/features/support/hold-introduction.command';
import type { MeetingInvitation } from '@terreau/features/support/find-invitation.query';
import type { DescribedDossier, MeetingsPage, ShownIntroduction } from '@terreau/features/support/find-meetings.query';
import { MEETING_CATEGORIES, type MeetingCategory } from '@terreau/features/support/introduction.schema';
import {
  DISMISSALS,
  E3_DECISIONS,
  OUTCOMES,
  type Dismissal,
  type E3Decision,
  type IntroductionState,
  type Outcome,
  type Side
} from '@terreau/features/support/introduction.rules';
import type { TellOutcomeRefusal } from '@terreau/features/support/tell-outcome.command';
import type { MeetingReason } from '@terreau/matching/close-actions';
import { formatDistance, formatList, formatLocalDate, formatShortDate } from '#lib/formats.ts';
import { labelOf, labelsOf, optionsOf as vocabulary, themeOptions } from '#lib/server/directory/labels.ts';
import { phoneInWords } from '#lib/server/directory/sheet-page.ts';
import { CATEGORY_WORDS } from '#lib/server/directory/words.ts';
import { m } from '#texts/messages.js';
import { optionsOf, type SentBack } from './words.ts';

/* The possible meetings of a dossier in words, for its circle and for whoever it could meet. */

type Words<Code extends string> = Readonly<Record<Code, () => string>>;
type Suggestion = NonNullable<MeetingsPage['forFacilitator']>['suggestions'][number];

const DISMISSAL_WORDS: Words<Dismissal> = {
  'not-relevant': m.support_meet_dismiss_not_relevant,
  'already-together': m.support_meet_dismiss_already_together,
  'too-far': m.support_meet_dismiss_too_far,
  'other-subject': m.support_meet_dismiss_other_subject,
  'in-conflict': m.support_meet_dismiss_in_conflict
};

const OUTCOME_WORDS: Words<Outcome> = {
  nothing: m.support_meet_outcome_nothing,
  'to-follow': m.support_meet_outcome_to_follow,
  'joint-action': m.support_meet_outcome_joint_action,
  'shared-means': m.support_meet_outcome_shared_means,
  other: m.support_meet_outcome_other
};

const DECISION_WORDS: Words<E3Decision> = {
  alone: m.support_meet_decision_alone,
  with: m.support_meet_decision_with,
  join: m.support_meet_decision_join,
  'give-up': m.support_meet_decision_give_up
};

const DECISION_SAID: Words<E3Decision> = {
  alone: m.support_meet_decision_lower_alone,
  with: m.support_meet_decision_lower_with,
  join: m.support_meet_decision_lower_join,
  'give-up': m.support_meet_decision_lower_give_up
};

const STATES: Readonly<
  Record<Exclude<IntroductionState, 'dismissed'>, { tone: 'news' | 'wait' | 'good' | 'plain'; text: () => string }>
> = {
  proposed: { tone: 'wait', text: m.support_meet_state_proposed },
  agreed: { tone: 'good', text: m.support_meet_state_agreed },
  declined: { tone: 'plain', text: m.support_meet_state_declined },
  withdrawn: { tone: 'plain', text: m.support_meet_state_withdrawn },
  expired: { tone: 'plain', text: m.support_meet_state_expired },
  met: { tone: 'good', text: m.support_meet_state_met }
};

export const outcomeOptions = () => optionsOf(OUTCOME_WORDS, OUTCOMES);
export const decisionOptions = () => optionsOf(DECISION_WORDS, E3_DECISIONS);
export const dismissalOptions = () => optionsOf(DISMISSAL_WORDS, DISMISSALS);

/** « Décision : faire avec La Seconde Marée » */
export function decisionInWords({ decision, with: name }: { decision: E3Decision; with: string | null }): string {
  const said = DECISION_SAID[decision]();
  return name
    ? m.support_meet_decision_said_with({ decision: said, name })
    : m.support_meet_decision_said({ decision: said });
}

export function suggestionInWords(suggestion: Suggestion, slug: string) {
  const { counterpart, name, action, kind, reasons } = suggestion;
  const organization = counterpart.startsWith('organization-') ? counterpart.slice('organization-'.length) : null;
  return {
    counterpart,
    name,
    action: action ?? m.support_meet_dossier(),
    kind: kind === 'close' ? m.support_meet_close() : m.support_meet_complement(),
    href: organization && `/${slug}/organizations/${organization}`,
    reasons: reasonsInWords(reasons, 'own')
  };
}

/** A meeting that was proposed, as its page shows it to one side. */
export function introductionInWords(introduction: ShownIntroduction, slug: string, timeZone: string) {
  const { organizationId, name, side, reasons, state, proposedAt, contact, metOn, ownOutcome } = introduction;
  return {
    ...introduction,
    name: name || m.support_meet_incoming(),
    href: organizationId && `/${slug}/organizations/${organizationId}`,
    reasons: reasonsInWords(reasons, side),
    tag: { tone: STATES[state].tone, text: STATES[state].text() },
    proposedOn: formatShortDate(proposedAt, timeZone),
    contact: contact && { ...contact, phone: phoneInWords(contact.phone) },
    metOn: metOn && formatLocalDate(metOn),
    outcome: ownOutcome && OUTCOME_WORDS[ownOutcome]()
  };
}

/** The same, as the structure that was asked reads it. */
export function invitationInWords(invitation: MeetingInvitation, timeZone: string) {
  const { reasons, state, proposedAt, contact, metOn, outcome } = invitation;
  return {
    ...invitation,
    reasons: reasonsInWords(reasons, 'other'),
    tag: { tone: STATES[state].tone, text: STATES[state].text() },
    isOver: state === 'declined' || state === 'withdrawn' || state === 'expired',
    proposedOn: formatShortDate(proposedAt, timeZone),
    contact: contact && { ...contact, phone: phoneInWords(contact.phone) },
    metOn: metOn && formatLocalDate(metOn),
    outcome: outcome && OUTCOME_WORDS[outcome]()
  };
}

/** What the form that describes a project offers: what is said already, and what its words may mean, unticked. */
export function describeForm(described: DescribedDossier) {
  const themes = [...new Set([...described.themes, ...described.proposedThemes])];
  const categories = MEETING_CATEGORIES.map((value: MeetingCategory) => ({ value, label: CATEGORY_WORDS[value]!() }));
  return {
    themes: themes.map((value) => ({ value, label: labelOf('theme', value) })),
    otherThemes: themeOptions(),
    publics: vocabulary('public').filter(({ value }) => value !== 'tous-publics'),
    categories,
    /** What the words of the project may mean, said beside the boxes and never ticked for anybody. */
    hint: listed(described.proposedNeeds.map((code) => CATEGORY_WORDS[code]?.() ?? code)),
    neighbourhoods: described.neighbourhoods.map(({ id, name }) => ({ value: id, label: name })),
    chosen: {
      themes: [...described.themes],
      publics: [...described.publics],
      neighbourhood: described.neighbourhoodId ?? '',
      needs: [...described.needs],
      offers: [...described.offers]
    },
    isDescribed: described.themes.length + described.needs.length + described.offers.length > 0
  };
}

function reasonsInWords(reasons: readonly MeetingReason[], side: Side): string[] {
  return reasons.map((reason) => {
    switch (reason.code) {
      case 'they-offer':
      case 'they-need':
        return WHY[side][reason.code]({
          what: listed(reason.categories.map((code) => CATEGORY_WORDS[code]?.() ?? code))
        });
      case 'theme':
        return m.support_meet_why_theme({ what: listed(labelsOf('theme', reason.themes)) });
      case 'public':
        return m.support_meet_why_public({ what: listed(labelsOf('public', reason.publics)) });
      case 'neighbourhood':
        return m.support_meet_why_neighbourhood();
      case 'near':
        return m.support_meet_why_near({ distance: formatDistance(reason.metres) });
    }
  });
}

/** The reasons are kept as the project sees them; the other side reads them from where it stands. */
const WHY = {
  own: { 'they-offer': m.support_meet_why_they_offer, 'they-need': m.support_meet_why_they_need },
  other: { 'they-offer': m.support_meet_why_you_offer, 'they-need': m.support_meet_why_you_need }
} as const;

function listed(words: string[]): string {
  return formatList(words.map((word) => word.toLocaleLowerCase()));
}

type Refusal =
  | Exclude<
      ProposeIntroductionRefusal | AnswerIntroductionRefusal | HoldIntroductionRefusal | TellOutcomeRefusal,
      'not-found'
    >
  | 'with-whom-missing'
  | 'just-sent';

const REFUSAL_WORDS: Readonly<Record<Refusal, (details: { max: number }) => string>> = {
  'role-not-yours': m.support_refusal_role_not_yours,
  'too-long': m.support_refusal_too_long,
  'not-suggested': m.support_meet_refusal_not_suggested,
  'already-proposed': m.support_meet_refusal_already_proposed,
  'words-with-contact': m.support_meet_refusal_words_with_contact,
  'introduction-over': m.support_meet_refusal_introduction_over,
  'already-answered': m.support_meet_refusal_already_answered,
  'agreement-missing': m.support_meet_refusal_agreement_missing,
  'introduction-not-agreed': m.support_meet_refusal_introduction_not_agreed,
  'meeting-in-the-future': m.support_meet_refusal_meeting_in_the_future,
  'meeting-missing': m.support_meet_refusal_meeting_missing,
  'with-whom-missing': m.support_meet_refusal_with_whom_missing,
  'link-unknown': m.support_meet_refusal_link_unknown,
  'link-expired': m.support_meet_refusal_link_expired,
  'just-sent': m.support_meet_refusal_just_sent
};

/** A form of this page sent back: several stand on it, so that the refusal is said for the whole page. */
export function failMeeting(
  { code, details }: { readonly code: Refusal; readonly details: Readonly<Record<string, string | number>> },
  values: SentBack['values']
) {
  const text = REFUSAL_WORDS[code]({ max: Number(details['max'] ?? 0) });
  return fail(409, { values, errors: { '': text } } satisfies SentBack);
}
