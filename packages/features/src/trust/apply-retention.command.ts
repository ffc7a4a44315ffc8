import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql, type RawBuilder } from 'kysely';
import { isLastAdministrator } from './erase-own-account.command.ts';
import { eraseRows, type Erasure } from './erase-rows.ts';
import { forgetDossiers } from './forget-dossiers.ts';
import { subjectOfAccount, subjectOfPerson, type PersonalSubject } from './personal-subject.ts';
import { inactivityStep, limits, type InactivityStep } from './retention.rules.ts';
import { inactivityMail } from './trust-mails.ts';

/** People erased, and accounts warned, in one night; the next night goes on. */
const PEOPLE_PER_RUN_COUNT = 200;

/** How many rows each rule touched, and the messages whose copies on disk are to be removed. */
export interface RetentionReport {
  readonly counts: Readonly<Record<string, number>>;
  readonly messageIds: readonly Id[];
  /** Recordings and documents that nobody names any more, to be removed from the file store. */
  readonly fileIds: readonly Id[];
}

/**
 * Erases or makes anonymous whatever has been kept long enough. For the nightly job: it may be run again at any time,
 * and each person is erased in a transaction of their own. `origin` starts the links of the warnings.
 */
export async function applyRetention(
  ctx: Context,
  { origin }: { readonly origin: string }
): Promise<Verdict<RetentionReport, 'not-found'>> {
  if (!ctx.actor.isOperator) return refuse('not-found');
  const counts: Record<string, number> = {};
  const messageIds: Id[] = [];
  const fileIds: Id[] = [];
  const erase = async (rule: string, ids: readonly Id[], find: FindSubject) => {
    for (const id of ids) {
      const erased = await eraseOne(ctx, id, find);
      if (!erased) continue;
      counts[rule] = (counts[rule] ?? 0) + 1;
      messageIds.push(...erased.messageIds);
      fileIds.push(...erased.fileIds);
    }
  };
  const due = await findDue(ctx);
  await erase('unconfirmed-accounts', due.unconfirmed, subjectOfAccount);
  await erase('forgotten-persons', due.persons, subjectOfPerson);
  await erase(
    'unused-accounts',
    due.unused.filter((one) => one.step === 'erase').map((one) => one.id),
    subjectOfAccount
  );
  counts['warnings'] = await warnUnused(ctx, due.unused, origin);
  const dossiers = await forgetDossiers(ctx, origin);
  fileIds.push(...dossiers.fileIds);
  counts['dossiers-warned'] = dossiers.warned;
  counts['dossiers-emptied'] = dossiers.emptied;
  const rows = await applyToRows(ctx);
  messageIds.push(...rows.messageIds);
  return accept({ counts: { ...counts, ...rows.counts }, messageIds, fileIds });
}

type FindSubject = (tx: Tx, id: Id) => Promise<PersonalSubject | null>;

async function eraseOne(ctx: Context, id: Id, find: FindSubject): Promise<Erasure | null> {
  const verdict = await transaction(ctx, 'erase-after-retention', async (tx) => {
    const subject = await find(tx, id);
    if (!subject || (await isLastAdministrator(tx, id))) return refuse('not-found');
    return accept(await eraseRows(tx, subject));
  });
  return verdict.ok ? verdict.value : null;
}

interface Unused {
  readonly id: Id;
  readonly email: string;
  readonly language: string;
  readonly step: InactivityStep;
}

async function findDue(ctx: Context): Promise<{ unconfirmed: Id[]; persons: Id[]; unused: Unused[] }> {
  const before = limits(ctx.now);
  const found = await transaction(ctx, 'find-what-is-out-of-date', async (tx) => {
    const unconfirmed = await tx
      .selectFrom('account')
      .select('id')
      .where('email_verified', '=', false)
      .where('created_at', '<', before.unconfirmedAccount)
      .limit(PEOPLE_PER_RUN_COUNT)
      .execute();
    const persons = await tx
      .selectFrom('person')
      .select('id')
      .where('account_id', 'is', null)
      .where('last_contact_at', '<', before.person)
      // Whoever is in the circle of a dossier stays as long as its words do: contacts are written there.
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('dossier_member')
              .innerJoin('dossier', 'dossier.id', 'dossier_member.dossier_id')
              .select('dossier.id')
              .whereRef('dossier_member.person_id', '=', 'person.id')
              .where('dossier.words_erased_at', 'is', null)
          )
        )
      )
      .limit(PEOPLE_PER_RUN_COUNT)
      .execute();
    return accept({ unconfirmed, persons, unused: await findUnused(tx, ctx) });
  });
  if (!found.ok) throw new Error(found.code);
  const { unconfirmed, persons, unused } = found.value;
  return { unconfirmed: unconfirmed.map((row) => row.id), persons: persons.map((row) => row.id), unused };
}

async function findUnused(tx: Tx, ctx: Context): Promise<Unused[]> {
  const { rows } = await sql<{
    id: Id;
    email: string;
    language: string;
    lastUsedAt: Date;
    warnings: number;
    warnedAt: Date | null;
  }>`
    select id, email, language, coalesce(last_seen_at, created_at) as "lastUsedAt",
           inactivity_warnings as warnings, inactivity_warned_at as "warnedAt"
    from account
    where coalesce(last_seen_at, created_at) < ${ctx.now}::timestamptz - interval '21 months' or inactivity_warnings > 0
    order by coalesce(last_seen_at, created_at) limit ${PEOPLE_PER_RUN_COUNT}`.execute(tx);
  return rows.map(({ id, email, language, ...use }) => ({ id, email, language, step: inactivityStep(use, ctx.now) }));
}

async function warnUnused(ctx: Context, unused: readonly Unused[], origin: string): Promise<number> {
  const concerned = unused.filter(({ step }) => step !== 'none' && step !== 'erase');
  if (concerned.length === 0) return 0;
  const verdict = await transaction(ctx, 'warn-unused-accounts', async (tx, ledger) => {
    for (const { id, email, language, step } of concerned) {
      const warnings = step === 'start-over' ? 0 : step === 'first-warning' ? 1 : 2;
      await tx
        .updateTable('account')
        .set({ inactivity_warnings: warnings, inactivity_warned_at: warnings === 0 ? null : ctx.now })
        .where('id', '=', id)
        .execute();
      if (warnings > 0) {
        const mail = inactivityMail(language, { link: `${origin}/sign-in`, isLast: warnings === 2 });
        const foot = { kind: 'essential', language } as const;
        ledger.send({ channel: 'mail', recipient: email, accountId: id, template: 'inactive-account', foot, ...mail });
      }
    }
    return accept(concerned.filter(({ step }) => step !== 'start-over').length);
  });
  return verdict.ok ? verdict.value : 0;
}

/** What grows old without being anybody's whole trace: one statement for each rule. */
async function applyToRows(ctx: Context): Promise<{ counts: Record<string, number>; messageIds: Id[] }> {
  const statements = statementsAt(ctx);
  const verdict = await transaction(ctx, 'apply-retention', async (tx) => {
    const { rows } = await sql<{ id: Id }>`
      select id from outbox where state in ('sent', 'failed') and created_at < ${limits(ctx.now).messageBody}
        and body_text <> ''`.execute(tx);
    const counts: Record<string, number> = {};
    for (const [rule, statement] of Object.entries(statements)) {
      const { numAffectedRows } = await statement.execute(tx);
      counts[rule] = Number(numAffectedRows ?? 0);
    }
    return accept({ counts, messageIds: rows.map((row) => row.id) });
  });
  if (!verdict.ok) throw new Error(verdict.code);
  return verdict.value;
}

function statementsAt({ now }: Context): Record<string, RawBuilder<unknown>> {
  const before = limits(now);
  return {
    sessions: sql`delete from session where expires_at < ${now}`,
    verifications: sql`delete from verification where expires_at < ${now}`,
    'rate-limits': sql`delete from rate_limit where window_started_at < ${before.rateLimit}`,
    'message-bodies': sql`
      update outbox set body_text = '', body_html = null, subject = null, headers = '{}', calendar_text = null, calendar_method = null
      where state in ('sent', 'failed') and created_at < ${before.messageBody} and body_text <> ''`,
    messages: sql`delete from outbox where state in ('sent', 'failed') and created_at < ${before.message}`,
    'unconfirmed-searches': sql`
      delete from saved_search where confirmed_at is null and created_at < ${before.unconfirmedSearch}`,
    invitations: sql`delete from invitation where expires_at < ${before.invitation}`,
    'import-contents': sql`
      update import_run set content = null, analysis = null
      where coalesce(finished_at, created_at) < ${before.importContent} and (content is not null or analysis is not null)`,
    'support-import-contents': sql`
      update support_import set content = null where created_at < ${before.importContent} and content is not null`,
    'withdrawn-supports': sql`delete from support where status = 'withdrawn' and status_changed_at < ${before.withdrawn}`,
    drafts: sql`delete from request where state = 'draft' and updated_at < ${before.draft}`,
    flags: sql`
      update flag set reporter_account = null, reporter_contact = null, details = null
      where received_at < ${before.moderation} and decision_id is not null
        and (reporter_account is not null or reporter_contact is not null or details is not null)`,
    corrections: sql`
      update correction set reporter_account = null, reporter_contact = null, details = null, decision_reason = null
      where received_at < ${before.moderation} and state <> 'open'
        and (reporter_account is not null or reporter_contact is not null or details is not null)`,
    decisions: sql`
      update moderation_decision set decided_by = null, explanation = null, appeal_text = null, appealed_by = null
      where decided_at < ${before.moderation} and (appealed_at is null or appeal_decision_id is not null)
        and (decided_by is not null or explanation is not null or appeal_text is not null or appealed_by is not null)`,
    skills: sql`delete from skill where withdrawn_at < ${before.withdrawn}`,
    consents: sql`
      delete from consent c where withdrawn_at < ${before.withdrawn}
        and not exists (select from skill s where s.consent_id = c.id)`,
    journal: sql`
      update audit set actor_id = null, request_id = null where at < ${before.journal} and actor_id is not null`
  };
}
