import { m } from '#texts/messages.js';

/* The sentence for each code of moderation, in the language of the page. */

const KINDS: Readonly<Record<string, () => string>> = {
  organization: m.trust_kind_organization,
  post: m.trust_kind_post,
  skill: m.trust_kind_skill,
  project: m.trust_kind_project
};
const REASONS: Readonly<Record<string, () => string>> = {
  insult: m.trust_reason_insult,
  'private-data': m.trust_reason_private_data,
  false: m.trust_reason_false,
  spam: m.trust_reason_spam,
  discrimination: m.trust_reason_discrimination,
  'out-of-scope': m.trust_reason_out_of_scope,
  'reserved-name': m.trust_reason_reserved_name,
  fine: m.trust_reason_fine,
  other: m.trust_reason_other
};
const OUTCOMES: Readonly<Record<string, () => string>> = {
  approved: m.trust_outcome_approved,
  refused: m.trust_outcome_refused,
  hidden: m.trust_outcome_hidden,
  restored: m.trust_outcome_restored,
  kept: m.trust_outcome_kept
};
const STATES: Readonly<Record<string, () => string>> = {
  shown: m.trust_state_shown,
  held: m.trust_state_held,
  hidden: m.trust_state_hidden,
  gone: m.trust_state_gone
};
const REFUSALS: Readonly<Record<string, () => string>> = {
  'decision-impossible': m.trust_refusal_decision_impossible,
  'reason-missing': m.trust_refusal_reason_missing,
  'explanation-missing': m.trust_refusal_explanation_missing,
  'explanation-too-long': m.trust_refusal_too_long,
  'same-moderator': m.trust_refusal_same_moderator,
  'appeal-missing': m.trust_refusal_appeal_missing,
  'appeal-too-long': m.trust_refusal_too_long,
  'already-contested': m.trust_refusal_already_contested,
  'too-long': m.trust_refusal_too_long,
  'too-many-attempts': m.trust_refusal_too_many
};

export const kindWord = (kind: string) => KINDS[kind]?.() ?? kind;
export const reasonWord = (reason: string) => REASONS[reason]?.() ?? reason;
export const outcomeWord = (outcome: string) => OUTCOMES[outcome]?.() ?? outcome;
export const stateWord = (state: string) => STATES[state]?.() ?? state;
export const refusalWord = (code: string) => REFUSALS[code]?.() ?? m.trust_refusal_other();
