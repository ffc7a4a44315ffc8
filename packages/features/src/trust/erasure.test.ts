import type { Context } from '@terreau/database/context';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { aSheet, aStaffMember, aTerritory, must } from '../directory/directory.fixtures.ts';
import { eraseOwnAccount } from './erase-own-account.command.ts';
import { erasePerson } from './erase-person.command.ts';
import { exportOwnData } from './export-own-data.query.ts';
import { findPerson } from './find-person.command.ts';
import { findPersons } from './find-persons.command.ts';
import { exportPerson } from './export-person.command.ts';
import { PRIVACY_REGISTRY } from './privacy-registry.ts';

const engine = await testDatabase();
const operator = operatorContext(engine);
const territoryId = await aTerritory(engine);
const facilitator = contextFor(engine, await aStaffMember(engine, territoryId));

/** Somebody with an account whose words, each one recognisable, stand in every table that can hold any. */
async function plant(mark: string): Promise<{ accountId: Id; personId: Id; ctx: Context; canaries: string[] }> {
  const email = `${mark}-mail@example.org`;
  const canary = (what: string) => `${mark}-${what}`;
  const sheet = await aSheet(engine, territoryId, { name: `Sheet of all ${mark.length}` });
  const ids = must(
    await transaction(operator, 'plant', async (tx) => {
      const insert = async (table: string, row: Record<string, unknown>, key = 'id'): Promise<Id> => {
        const columns = Object.keys(row).map((name) => sql.ref(name));
        const values = Object.values(row).map((value) => sql`${value}`);
        const { rows } = await sql<{ id: Id }>`
          insert into ${sql.table(table)} (${sql.join(columns)}) values (${sql.join(values)})
          returning ${sql.ref(key)} as id`.execute(tx);
        return rows[0]!.id;
      };
      const account = await insert('account', {
        name: canary('name'),
        email,
        email_verified: true,
        image: canary('image')
      });
      const later = new Date(Date.now() + 3_600_000);
      await insert('session', {
        account_id: account,
        token: canary('token'),
        expires_at: later,
        user_agent: canary('agent')
      });
      await insert('credential', {
        account_id: account,
        provider_id: 'x',
        provider_account_id: canary('provider'),
        password: canary('password')
      });
      await insert('passkey', {
        account_id: account,
        name: canary('passkey'),
        public_key: 'k',
        credential_id: canary('key'),
        counter: 0,
        device_type: 'd',
        backed_up: false
      });
      await insert('two_factor', { account_id: account, secret: canary('secret'), backup_codes: canary('codes') });
      await insert('verification', {
        identifier: 'i',
        value: JSON.stringify({ email, name: canary('link') }),
        expires_at: later
      });
      await insert('role_grant', {
        account_id: account,
        role: 'resident',
        territory_id: territoryId,
        granted_by: account
      });
      await insert('calendar_link', {
        account_id: account,
        token_hash: canary('calendar-token-hash'),
        shows: 'times',
        made_at: new Date()
      });
      const person = await insert('person', {
        territory_id: territoryId,
        account_id: account,
        display_name: canary('display'),
        email,
        phone: `+33${canary('tel').slice(-14)}`
      });
      const consent = await insert('consent', {
        account_id: account,
        person_id: person,
        territory_id: territoryId,
        purpose: 'show-a-skill',
        text_version: '1',
        channel: 'page',
        recorded_by: account
      });
      const skill = await insert('skill', {
        territory_id: territoryId,
        person_id: person,
        consent_id: consent,
        title: canary('skill'),
        description: canary('skill-text'),
        shown_as: 'initials',
        shown_name: canary('shown'),
        visibility: 'public'
      });
      await insert('invitation', {
        territory_id: territoryId,
        email,
        role: 'resident',
        token_hash: canary('hash'),
        invited_by: account,
        expires_at: later
      });
      await insert('organization', {
        territory_id: territoryId,
        name: 'Made by somebody',
        email,
        status: 'published',
        created_by: account
      });
      await insert('service', { territory_id: territoryId, organization_id: sheet, name: 'Kept', email });
      await insert('post', {
        territory_id: territoryId,
        organization_id: sheet,
        kind: 'need',
        category: 'room',
        title: 'A room',
        expires_on: '2030-01-01',
        posted_by: account
      });
      await insert('field_change', {
        territory_id: territoryId,
        subject_kind: 'organization',
        subject_id: sheet,
        organization_id: sheet,
        field: 'email',
        previous: JSON.stringify(email),
        value: JSON.stringify(email.toUpperCase()),
        changed_by: account,
        by_hand: true
      });
      await insert('correction', {
        territory_id: territoryId,
        organization_id: sheet,
        kind: 'closed',
        details: canary('correction'),
        reporter_contact: email,
        reporter_account: account
      });
      await insert('correction', {
        territory_id: territoryId,
        organization_id: sheet,
        kind: 'moved',
        details: canary('visitor'),
        reporter_contact: email
      });
      await insert('flag', {
        territory_id: territoryId,
        subject_kind: 'organization',
        subject_id: sheet,
        reason: 'false',
        details: canary('flag'),
        reporter_account: account,
        reporter_contact: email
      });
      await insert('moderation_decision', {
        territory_id: territoryId,
        subject_kind: 'skill',
        subject_id: skill,
        outcome: 'hidden',
        reason: 'other',
        explanation: canary('reason'),
        appeal_text: canary('appeal'),
        appealed_by: account,
        appealed_at: new Date()
      });
      await insert('import_run', {
        territory_id: territoryId,
        preset: 'auto',
        source: 's',
        file_name: 'f.csv',
        file_sha256: 'x',
        file_bytes: 1,
        report: JSON.stringify({ rejected: [{ value: email }] }),
        analysis: JSON.stringify({ preview: [[email]] }),
        started_by: account
      });
      await insert('merge', {
        territory_id: territoryId,
        kept_id: sheet,
        absorbed_id: sheet,
        moved: JSON.stringify({ before: { email } }),
        merged_by: account,
        undone_by: account,
        undone_at: new Date()
      });
      await insert('territory_setting', {
        territory_id: territoryId,
        key: 'contact',
        value: JSON.stringify({ email }),
        set_by: account
      });
      await insert('saved_search', {
        territory_id: territoryId,
        account_id: account,
        about: 'directory',
        criteria: JSON.stringify({ text: canary('search') }),
        label: canary('search-label'),
        confirmed_at: new Date(),
        looked_at: new Date()
      });
      await insert('saved_search', {
        territory_id: territoryId,
        email,
        about: 'need',
        criteria: '{}',
        label: canary('search-mail'),
        looked_at: new Date()
      });
      const support = await insert('support', {
        territory_id: territoryId,
        kind: 'information',
        title: 'Written by somebody',
        email,
        imported: JSON.stringify({ email }),
        created_by: account,
        checked_by: account
      });
      const template = await insert('support_template', {
        territory_id: territoryId,
        support_id: support,
        shared_by: account,
        shared_at: new Date()
      });
      await insert(
        'support_template_version',
        {
          template_id: template,
          number: 1,
          title: 'Written by somebody',
          fields: '{}',
          published_by: account,
          published_at: new Date()
        },
        'template_id'
      );
      await insert(
        'support_adoption',
        {
          support_id: support,
          territory_id: territoryId,
          template_id: template,
          adopted_number: 1,
          adopted_by: account,
          adopted_at: new Date()
        },
        'support_id'
      );
      await insert('support_import', {
        territory_id: territoryId,
        preset: 'table',
        source: 's',
        file_name: 'f.csv',
        file_sha256: 'x',
        report: JSON.stringify({ rejected: [{ value: email }] }),
        started_by: account,
        created_at: new Date()
      });
      const request = await insert('request', {
        territory_id: territoryId,
        door: 'idea',
        person_id: person,
        sentence: canary('sentence'),
        for_whom: canary('for-whom'),
        place_words: canary('where'),
        expectation: canary('expectation'),
        next_step: canary('next-step'),
        state: 'open',
        submitted_at: new Date(),
        typed_by: account,
        responsible_id: account
      });
      const ofRequest = { territory_id: territoryId, request_id: request };
      await insert('request_move', {
        ...ofRequest,
        move: 'submit',
        from_state: 'draft',
        to_state: 'open',
        note: canary('move'),
        moved_by: account,
        moved_as: 'person',
        moved_at: new Date()
      });
      await insert('request_offer', {
        ...ofRequest,
        organization_id: sheet,
        shared_fields: ['sentence'],
        message: canary('offer'),
        answer_note: canary('answer'),
        offered_by: account,
        answered_by: account,
        offered_at: new Date(),
        expires_at: later
      });
      await insert('request_link', {
        ...ofRequest,
        purpose: 'survey',
        token_hash: canary('request-link-hash'),
        sent_at: new Date(),
        expires_at: later
      });
      await insert('promised_contact', {
        ...ofRequest,
        kind: 'call',
        promised_on: '2030-01-01',
        promised_by: account,
        note: canary('promise')
      });
      await sql`insert into request_survey (request_id, territory_id, asked_at, what_came, typed_by)
        values (${request}, ${territoryId}, ${new Date()}, ${canary('survey')}, ${account})`.execute(tx);
      const dossier = await insert('dossier', {
        territory_id: territoryId,
        kind: 'project',
        title: canary('dossier'),
        next_contact_on: '2030-01-01',
        opened_by: account
      });
      const shared = await insert('dossier', {
        territory_id: territoryId,
        kind: 'organization',
        organization_id: sheet,
        title: `Kept by others, named by ${canary('name')}`,
        next_contact_on: '2030-01-01'
      });
      await insert('coordination_work', {
        territory_id: territoryId,
        client_id: crypto.randomUUID(),
        happened_on: '2026-01-01',
        minutes: 60,
        kind: 'partnership',
        sentence: 'Prepared the forum',
        written_by: account,
        written_at: new Date()
      });
      const reportTemplate = await insert('report_template', {
        territory_id: territoryId,
        title: 'What a funder asks',
        created_by: account,
        created_at: new Date(),
        updated_at: new Date()
      });
      const told = {
        territory_id: territoryId,
        title: 'A period',
        from_on: '2026-01-01',
        to_on: '2026-01-31',
        created_by: account,
        created_at: new Date(),
        updated_at: new Date()
      };
      await insert('report', { ...told, kind: 'month', account_id: account, comment: canary('month') });
      const report = await insert('report', {
        ...told,
        kind: 'funder',
        template_id: reportTemplate,
        frozen_by: account
      });
      await insert('report_link', {
        report_id: report,
        territory_id: territoryId,
        label: 'The city',
        token_hash: crypto.randomUUID(),
        created_by: account,
        created_at: new Date(),
        expires_at: later,
        revoked_by: account
      });
      for (const id of [dossier, shared]) {
        const ofDossier = { dossier_id: id, territory_id: territoryId };
        const member = await insert('dossier_member', {
          ...ofDossier,
          role: 'carrier',
          account_id: account,
          person_id: person,
          added_by: account
        });
        await insert('dossier_move', {
          ...ofDossier,
          move: 'orient',
          from_state: 'requested',
          to_state: 'orienting',
          note: canary('name'),
          moved_by: account,
          moved_as: 'carrier',
          moved_at: new Date()
        });
        await insert('step_decision', {
          ...ofDossier,
          from_step: 0,
          to_step: 1,
          decision: 'continue',
          reason: canary('name'),
          decided_by: account,
          decided_at: new Date()
        });
        await sql`insert into shared_project
          (dossier_id, territory_id, audience, title, sentence, shared_by, shared_as, shared_at)
          values (${id}, ${territoryId}, 'territory', 'Un atelier', ${canary('name')}, ${account}, 'carrier', ${new Date()})`.execute(
          tx
        );
        await insert('dossier_fact', {
          ...ofDossier,
          key: 'idea.sentence',
          value: canary('name'),
          said_by: account,
          said_at: new Date()
        });
        const note = await insert('note', {
          ...ofDossier,
          client_id: crypto.randomUUID(),
          happened_on: '2026-01-01',
          minutes: 10,
          kind: 'call',
          done: `${canary('name')} came`,
          written_by: account,
          written_at: new Date(),
          received_at: new Date()
        });
        await insert('note_version', {
          ...ofDossier,
          note_id: note,
          version: 1,
          happened_on: '2026-01-01',
          minutes: 10,
          kind: 'call',
          done: `${canary('name')} was there`,
          replaced_at: new Date(),
          replaced_by: account
        });
        await insert('note_participant', { ...ofDossier, note_id: note, member_id: member });
        const diagnosis = await insert('diagnosis', {
          ...ofDossier,
          round: 0,
          form: 'short',
          opened_by: account,
          opened_at: new Date(),
          people_present: canary('name'),
          structure_signed_at: new Date(),
          structure_signed_by: account,
          adviser_signed_by: account
        });
        await insert('diagnosis_view', {
          ...ofDossier,
          diagnosis_id: diagnosis,
          side: 'structure',
          account_id: account,
          started_at: new Date()
        });
        await sql`insert into diagnosis_item (diagnosis_id, dossier_id, territory_id, item, level, evidence, agreed_at, agreed_by)
          values (${diagnosis}, ${id}, ${territoryId}, 'D1.1', 2, ${canary('name')}, ${new Date()}, ${account})`.execute(
          tx
        );
        const figures = await insert('key_figures', {
          ...ofDossier,
          year: 2025,
          reached_definition: canary('name'),
          typed_by: account,
          typed_at: new Date()
        });
        await insert(
          'key_figure_source',
          { ...ofDossier, figures_id: figures, position: 1, label: canary('name'), amount_cents: 1 },
          'figures_id'
        );
        await insert('diagnosis_consent', {
          ...ofDossier,
          diagnosis_id: diagnosis,
          item: 'D1.1',
          purpose: 'count',
          channel: 'page',
          given_by: account,
          given_at: new Date(),
          withdrawn_by: account,
          withdrawn_at: new Date()
        });
        await insert('promised_contact', {
          ...ofDossier,
          kind: 'call',
          promised_on: '2030-01-01',
          promised_by: account,
          note: canary('name')
        });
        const ofBudget = { ...ofDossier, made_by: account, made_at: new Date() };
        const budget = await insert('budget', {
          ...ofBudget,
          about: 'project',
          title: canary('name'),
          starts_on: '2026-01-01',
          ends_on: '2026-12-31',
          line_of: crypto.randomUUID(),
          updated_at: new Date(),
          report_effects: canary('name')
        });
        await insert('budget_renaming', {
          ...ofDossier,
          budget_id: budget,
          title_before: canary('name'),
          renamed_by: account,
          renamed_at: new Date()
        });
        const lineKey = crypto.randomUUID();
        const named = { ...ofDossier, account: '74', label: canary('name'), cents: 100, budget_id: budget };
        await insert('budget_line', { ...named, key: lineKey, position: 1 });
        await insert('budget_actual', { ...named, explanation: canary('name') });
        await insert('funding_step', {
          ...ofDossier,
          line_key: lineKey,
          state: 'requested',
          happened_on: '2026-01-01',
          note: canary('name'),
          set_by: account,
          set_at: new Date()
        });
        await insert('dossier_deadline', {
          ...ofBudget,
          kind: 'insurance',
          label: canary('name'),
          due_on: '2026-12-01',
          done_by: account
        });
        const written = { written_by: account, written_at: new Date() };
        const priority = await insert('plan_priority', {
          ...ofDossier,
          ...written,
          position: 1,
          title: canary('name')
        });
        const action = await insert('plan_action', {
          ...ofDossier,
          ...written,
          priority_id: priority,
          what: canary('name'),
          kind: 'structure',
          owner_member_id: member,
          state_changed_at: new Date(),
          updated_by: account,
          updated_at: new Date()
        });
        await insert('plan_comment', { ...ofDossier, ...written, action_id: action, body: canary('name') });
        await insert('plan_reminder', {
          ...ofDossier,
          action_id: action,
          member_id: member,
          due_on: '2030-01-01',
          sent_at: new Date()
        });
        const committee = await insert('committee', {
          territory_id: territoryId,
          agenda_on: '2026-01-01',
          held_on: '2026-01-02',
          opened_by: account,
          opened_at: new Date()
        });
        await insert('committee_member', {
          committee_id: committee,
          territory_id: territoryId,
          role: 'expert',
          account_id: account,
          seated_by: account,
          seated_at: new Date()
        });
        const item = await insert('committee_item', {
          ...ofDossier,
          ...written,
          committee_id: committee,
          consented_member_id: member,
          consented_on: '2026-01-01',
          channel: 'oral',
          title: canary('name'),
          summary: canary('name'),
          recorded_by: account,
          recorded_at: new Date(),
          minutes: canary('name'),
          decision: canary('name')
        });
        await insert('committee_opinion', {
          ...ofDossier,
          item_id: item,
          opinion: canary('name'),
          given_by: account,
          given_at: new Date()
        });
        await insert('committee_task', {
          ...ofDossier,
          ...written,
          item_id: item,
          what: canary('name'),
          who: canary('name')
        });
        const need = await insert('expert_need', {
          ...ofDossier,
          ...written,
          what: canary('name'),
          why: canary('name'),
          how_chosen: canary('name')
        });
        const proposal = await insert('expert_proposal', {
          ...ofDossier,
          ...written,
          need_id: need,
          name: canary('name'),
          account_id: account,
          offer: canary('offer'),
          agreed_on: '2026-01-01'
        });
        const mission = await insert('expert_mission', {
          ...ofDossier,
          need_id: need,
          proposal_id: proposal,
          chosen_on: '2026-01-01',
          people_present: canary('name'),
          chosen_why: canary('name'),
          chosen_by: account,
          starts_on: '2026-01-01',
          ends_on: '2026-02-01',
          deliverable: canary('name')
        });
        await insert('expert_hours', {
          ...ofDossier,
          ...written,
          mission_id: mission,
          worked_on: '2026-01-01',
          minutes: 60,
          what: canary('name')
        });
        await sql`insert into expert_feedback (mission_id, side, dossier_id, territory_id, first, second, written_by, written_at)
          values (${mission}, 'structure', ${id}, ${territoryId}, 'yes', ${canary('name')}, ${account}, ${new Date()})`.execute(
          tx
        );
        const appointment = await insert('appointment', {
          ...ofDossier,
          starts_at: later,
          minutes: 60,
          way: 'place',
          place: canary('name'),
          about: canary('name'),
          reason: canary('name'),
          state: 'proposed',
          state_changed_at: new Date(),
          state_changed_by: account,
          made_by: account,
          made_at: new Date()
        });
        await insert('appointment_participant', {
          ...ofDossier,
          appointment_id: appointment,
          member_id: member,
          answer: 'yes',
          answered_at: new Date(),
          answered_by: account,
          answered_through: 'aloud'
        });
        await insert('support_case', {
          ...ofDossier,
          title: `What ${canary('name')} learnt`,
          worked: canary('name'),
          consent_id: id === dossier ? consent : null,
          published_at: id === dossier ? new Date() : null,
          written_by: account,
          written_at: new Date(),
          updated_at: new Date()
        });
        await insert('dossier_feedback', {
          ...ofDossier,
          moment: '12',
          useful: 'yes',
          holds: 'yes',
          again: 'yes',
          words: canary('name'),
          channel: 'page',
          given_by: account,
          given_at: new Date()
        });
        const thread = await insert('talk_thread', {
          ...ofDossier,
          audience: 'advisers',
          subject: canary('name'),
          started_by: account,
          started_at: new Date(),
          opened_at: new Date(),
          last_message_at: new Date()
        });
        const message = await insert('talk_message', {
          ...ofDossier,
          thread_id: thread,
          written_by: account,
          spoken_by: member,
          written_at: new Date(),
          published_at: new Date()
        });
        const recommendation = await insert('talk_recommendation', {
          ...ofDossier,
          message_id: message,
          thread_id: thread,
          title: canary('name'),
          why: `${canary('name')} needs it`,
          state_changed_at: new Date(),
          state_changed_by: account
        });
        const ofMessage = { ...ofDossier, message_id: message };
        await insert('talk_piece', { ...ofMessage, position: 1, kind: 'text', words: `Seen with ${canary('name')}` });
        await insert('talk_piece', {
          ...ofMessage,
          position: 2,
          kind: 'recommendation',
          recommendation_id: recommendation
        });
        await insert(
          'talk_reader',
          { ...ofDossier, thread_id: thread, account_id: account, read_at: new Date() },
          'thread_id'
        );
        await insert('dossier_document', {
          ...ofDossier,
          file_id: newId(),
          name: `${canary('name')}.pdf`,
          media_type: 'application/pdf',
          bytes: 1,
          added_by: account,
          added_at: new Date()
        });
        await insert('introduction', {
          ...ofDossier,
          organization_id: sheet,
          kind: 'close',
          state: 'met',
          words: `${canary('name')} repairs bicycles`,
          decided_by: account,
          decided_at: new Date(),
          own_answer: 'yes',
          own_answered_at: new Date(),
          own_answered_by: account,
          own_answered_as: 'carrier',
          other_answer: 'yes',
          other_answered_at: new Date(),
          other_answered_by: account,
          agreed_at: new Date(),
          own_outcome: 'other',
          own_outcome_note: canary('name'),
          own_outcome_by: account
        });
        await insert('private_read', {
          ...ofDossier,
          read_by: account,
          read_as: 'carrier',
          kind: 'page',
          what: 'dossier',
          read_at: new Date()
        });
      }
      await insert('diagnosis_release', {
        territory_id: territoryId,
        number: mark.codePointAt(0),
        structures: 5,
        counts: '[]',
        released_by: account,
        released_at: new Date()
      });
      await insert('outbox', {
        channel: 'mail',
        recipient: email,
        account_id: account,
        template: 't',
        subject: canary('subject'),
        body_text: canary('body')
      });
      await insert('outbox', {
        channel: 'mail',
        recipient: 'x@example.org',
        template: 'invitation',
        state: 'sent',
        body_text: `${canary('name')} invites you`
      });
      await insert('audit', {
        at: new Date(),
        action: 'update-profile',
        actor_id: account,
        acts_as: 'account',
        subject_kind: 'account',
        subject_id: account
      });
      return accept({ account, person });
    })
  );
  const ctx = contextFor(engine, { accountId: ids.account, grants: [], trust: 'verified', isOperator: false });
  return { accountId: ids.account, personId: ids.person, ctx, canaries: [mark, ids.account, ids.person] };
}

/** What the pages may not read at all: the names of migrations, and queues that are empty between two transactions. */
const NEVER_READ = new Set(['migration', 'search_pending', 'search_term_change', 'search_word_change']);

/** Every text, JSON, array, byte and id column of every table in which one of `words` stands. */
async function findEverywhere(words: readonly string[]): Promise<{ found: string[]; columns: number }> {
  const { rows: columns } = await sql<{ table: string; column: string; type: string }>`
    select c.table_name as table, c.column_name as column, c.data_type as type from information_schema.columns c
    join information_schema.tables t on t.table_name = c.table_name and t.table_schema = c.table_schema
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
      and c.data_type in ('text', 'jsonb', 'uuid', 'ARRAY', 'bytea', 'tsvector', 'character varying')`.execute(
    engine.db
  );
  const searched = columns.filter(({ table }) => !NEVER_READ.has(table));
  const tables = Map.groupBy(searched, ({ table }) => table);
  const found = await reading(operator, async (tx) => {
    const places: string[] = [];
    for (const [table, its] of tables) {
      const counts = its.map(({ column, type }) => {
        const text = type === 'bytea' ? sql`encode(${sql.ref(column)}, 'escape')` : sql`${sql.ref(column)}::text`;
        const holds = words.map((word) => sql`position(${word.toLowerCase()} in lower(${text})) > 0`);
        return sql`count(*) filter (where ${sql.join(holds, sql` or `)})::int as ${sql.ref(column)}`;
      });
      const { rows } = await sql<Record<string, number>>`select ${sql.join(counts)} from ${sql.table(table)}`.execute(
        tx
      );
      for (const [column, n] of Object.entries(rows[0]!)) if (n > 0) places.push(`${table}.${column} (${n})`);
    }
    return places;
  });
  return { found, columns: searched.length };
}

test('after an erasure nothing of the person is left in any column of any table, and others lose nothing', async () => {
  const leaver = await plant('zephyrine');
  const stayer = await plant('ludivine');
  const before = await findEverywhere(leaver.canaries);
  const stayersBefore = await findEverywhere(stayer.canaries);
  expect(before.found.length).toBeGreaterThan(40);
  expect(await eraseOwnAccount(leaver.ctx, { typedEmail: 'somebody@example.org' })).toMatchObject({
    code: 'address-differs'
  });
  expect((await findEverywhere(leaver.canaries)).found).toEqual(before.found);

  const erased = must(await eraseOwnAccount(leaver.ctx, { typedEmail: ' Zephyrine-mail@example.org ' }));
  const after = await findEverywhere(leaver.canaries);
  console.log(
    `${before.found.length} places held a canary, ${after.columns} columns searched, ${after.found.length} left`
  );
  expect(after.found).toEqual([]);
  expect((await findEverywhere(stayer.canaries)).found).toEqual(stayersBefore.found);
  expect(erased.messageIds).toHaveLength(1);
  expect(erased.holds).toEqual(expect.arrayContaining(['organization', 'moderation_decision', 'audit']));
  expect(erased.stays).toHaveLength(erased.holds.length);
}, 120_000);

test('the export shows what is about the person, and nobody else’s words or names', async () => {
  const reader = await plant('celestine');
  const other = await plant('aurelien');
  const everything = (await exportOwnData(reader.ctx))!;
  const text = JSON.stringify(everything);
  for (const what of [
    'name',
    'display',
    'skill',
    'shown',
    'correction',
    'flag',
    'appeal',
    'reason',
    'sentence',
    'dossier',
    'move',
    'offer',
    'promise',
    'survey'
  ]) {
    expect(text).toContain(`celestine-${what}`);
  }
  for (const secret of ['token', 'password', 'secret', 'codes', 'hash', 'key'])
    expect(text).not.toContain(`celestine-${secret}`);
  for (const canary of other.canaries) expect(text).not.toContain(canary);
  const told = everything.tables.map((table) => table.table);
  const about = PRIVACY_REGISTRY.filter((entry) => entry.exported.length > 0 && entry.table !== 'assisted_entry');
  expect(about.map((entry) => entry.table).filter((table) => !told.includes(table))).toEqual([]);
  expect(await exportOwnData(contextFor(engine))).toBeNull();
});

test('a person without an account is read and erased by the team of their territory, and by nobody else', async () => {
  const insertPerson = (name: string, phone: string) =>
    transaction(operator, 'plant', async (tx) =>
      accept(
        (
          await tx
            .insertInto('person')
            .values({ territory_id: territoryId, display_name: name, phone })
            .returning('id')
            .executeTakeFirstOrThrow()
        ).id
      )
    );
  const personId = must(await insertPerson('Philomene', '+33600000001'));
  // A family shares a telephone: the other person keeps what is theirs.
  const relative = must(await insertPerson('Sidonie', '+33600000001'));
  must(
    await transaction(operator, 'plant', async (_, ledger) => {
      ledger.send({ channel: 'sms', recipient: '+33600000001', template: 't', text: 'Hello' });
      return accept();
    })
  );
  const elsewhere = contextFor(engine, await aStaffMember(engine, await aTerritory(engine)));
  expect(await exportPerson(elsewhere, { territoryId, personId })).toMatchObject({ code: 'not-found' });
  expect(await erasePerson(elsewhere, { territoryId, personId, typedName: 'Philomene' })).toMatchObject({
    code: 'not-found'
  });
  expect(await exportPerson(contextFor(engine), { territoryId, personId })).toMatchObject({ code: 'not-found' });

  // On screen: who it is, and how much the file holds.
  expect(await findPerson(elsewhere, { territoryId, personId })).toMatchObject({ code: 'not-found' });
  expect(await findPerson(facilitator, { territoryId, personId: 'x' })).toMatchObject({ code: 'not-found' });
  expect(must(await findPerson(facilitator, { territoryId, personId }))).toMatchObject({
    name: 'Philomene',
    phone: '+33600000001',
    counts: [{ table: 'person', count: 1 }]
  });

  const told = JSON.stringify(must(await exportPerson(facilitator, { territoryId, personId })));
  expect(told).toContain('Philomene');
  expect(told).not.toContain('Sidonie');
  expect(await findPersons(elsewhere, { territoryId, words: 'philo' })).toMatchObject({ code: 'not-found' });
  expect(await findPersons(facilitator, { territoryId, words: 'p' })).toMatchObject({ code: 'words-too-short' });
  for (const words of ['philomène', '06 00 00 00 01', '+33600000001']) {
    const { persons } = must(await findPersons(facilitator, { territoryId, words }));
    expect(persons.map(({ id }) => id)).toContain(personId);
  }
  expect(must(await findPersons(facilitator, { territoryId, words: 'personne' })).persons).toEqual([]);
  expect(await erasePerson(facilitator, { territoryId, personId, typedName: 'Sidonie' })).toMatchObject({
    code: 'name-differs'
  });
  must(await erasePerson(facilitator, { territoryId, personId, typedName: ' philomène ' }));
  const journal = await reading(operator, (tx) =>
    tx.selectFrom('audit').select('action').where('territory_id', '=', territoryId).execute()
  );
  expect(journal.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['find-persons', 'find-person', 'export-person', 'erase-person'])
  );
  expect((await findEverywhere(['Philomene', personId])).found).toEqual([]);
  expect((await findEverywhere([relative, 'Sidonie'])).found.length).toBeGreaterThan(1);
  expect((await findEverywhere(['+33600000001'])).found).toContain('outbox.recipient (1)');
});
