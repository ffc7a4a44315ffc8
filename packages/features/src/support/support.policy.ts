import { holds, type Actor } from '@terreau/database/context';
import type { Id } from '@terreau/kernel/ids';
import type { CircleRole } from './dossier-life.rules.ts';

/** Facilitators open dossiers, and are the first of their circle. */
export function mayOpenDossier(actor: Actor, territoryId: Id): boolean {
  return holds(actor, territoryId, 'facilitator');
}

/** Whoever accompanies brings in others; the structure brings in its own people. */
export function mayBringIn(role: CircleRole, broughtIn: CircleRole): boolean {
  if (role === 'facilitator') return true;
  return role === 'carrier' && (broughtIn === 'carrier' || broughtIn === 'member');
}

/** What an observer reads, they do not write; an expert writes notes and words, and moves nothing. */
export function mayWrite(role: CircleRole): boolean {
  return role !== 'observer';
}

/** Who looked is told to the structure; whoever accompanies sees it as well, and hides nothing. */
export function maySeeReads(role: CircleRole): boolean {
  return role === 'carrier' || role === 'member' || role === 'facilitator';
}

/** Figures and alerts are the structure's and its advisers': an observer may be a funder or the city. */
export function maySeeFigures(role: CircleRole): boolean {
  return role !== 'observer';
}

/** What many structures let be counted is for whoever coordinates; it names none of them. */
export function mayCountDiagnoses(actor: Actor, territoryId: Id): boolean {
  return holds(actor, territoryId, 'coordinator');
}

/** The portfolio of somebody who leaves is moved by the coordination, which reads nothing of it. */
export function mayMovePortfolio(actor: Actor, territoryId: Id): boolean {
  return holds(actor, territoryId, 'coordinator');
}

/**
 * Whoever grants money never reads the budgets of those who ask for it, even where they are in the circle; nor does the
 * database let them.
 */
export function mayReadFunding(actor: Actor, territoryId: Id): boolean {
  return !holds(actor, territoryId, 'funder');
}

/** The diagnosis belongs to the structure: it may begin one, as may whoever accompanies it. */
export function mayStartDiagnosis(role: CircleRole): boolean {
  return role === 'carrier' || role === 'member' || role === 'facilitator';
}

/** Those who advise may speak apart; the page says that this room exists, and the person's export holds its words. */
export function mayAdvise(role: CircleRole): boolean {
  return role === 'facilitator' || role === 'expert';
}

/** Whoever accompanies types what somebody without an account says aloud. */
export function maySpeakFor(role: CircleRole): boolean {
  return role === 'facilitator';
}

/** A support committee is opened by the team of the territory. */
export function mayOpenCommittee(actor: Actor, territoryId: Id): boolean {
  return holds(actor, territoryId, 'facilitator') || holds(actor, territoryId, 'coordinator');
}
