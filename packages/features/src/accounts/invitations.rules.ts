import { plusDays, type Instant } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';

export const INVITATION_DAYS = 14;

/** When an invitation made at `now` lapses. */
export function invitationExpiry(now: Instant): Instant {
  return plusDays(now, INVITATION_DAYS);
}

export interface InvitationState {
  readonly expiresAt: Instant;
  readonly acceptedAt: Instant | null;
  readonly withdrawnAt: Instant | null;
}

export type InvitationRefusal = 'invitation-used' | 'invitation-withdrawn' | 'invitation-expired';

/** Whether an invitation can still be accepted. */
export function checkInvitation(invitation: InvitationState, now: Instant): Verdict<undefined, InvitationRefusal> {
  if (invitation.withdrawnAt) return refuse('invitation-withdrawn');
  if (invitation.acceptedAt) return refuse('invitation-used');
  if (invitation.expiresAt <= now) return refuse('invitation-expired');
  return accept();
}
