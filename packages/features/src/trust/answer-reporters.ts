import type { Ledger, Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { flagAnswer } from './trust-mails.ts';

export interface AnsweredDecision {
  readonly id: Id;
  readonly territoryId: Id;
  readonly title: string;
  /** Whether what was flagged is still shown. */
  readonly isShown: boolean;
  /** The public address of the site. */
  readonly origin: string;
}

/** Whoever flagged it and left a way to be reached learns what was decided. Call it once the decision is written. */
export async function answerReporters(tx: Tx, ledger: Ledger, decision: AnsweredDecision): Promise<void> {
  const flags = await tx
    .selectFrom('flag')
    .innerJoin('territory', 'territory.id', 'flag.territory_id')
    .leftJoin('account', 'account.id', 'flag.reporter_account')
    .select(['flag.id', 'reporter_contact', 'reporter_account', 'account.email', 'account.language'])
    .select(['territory.slug', 'territory.languages'])
    .where('decision_id', '=', decision.id)
    .where('flag.territory_id', '=', decision.territoryId)
    .orderBy('flag.id')
    .execute();
  const answered = new Set<string>();
  for (const flag of flags) {
    const recipient = flag.reporter_contact ?? flag.email;
    const channel = recipient ? channelTo(recipient) : null;
    if (!recipient || !channel || answered.has(recipient)) continue;
    answered.add(recipient);
    const language = flag.language ?? flag.languages[0] ?? 'fr';
    const { title, isShown } = decision;
    ledger.send({
      channel,
      recipient,
      ...(flag.reporter_account ? { accountId: flag.reporter_account } : {}),
      territoryId: decision.territoryId,
      template: 'flag-answer',
      foot: { kind: 'essential', language },
      ...flagAnswer(language, { title, isShown, link: `${decision.origin}/${flag.slug}/contact` }),
      onceKey: `flag-answer:${flag.id}`
    });
  }
}

/** People write what they wish as their contact: an answer goes only where one can arrive. */
function channelTo(contact: string): 'mail' | 'sms' | null {
  if (/^\S+@\S+\.\S+$/.test(contact)) return 'mail';
  return /^\+?[\d .()-]{8,}$/.test(contact) ? 'sms' : null;
}
