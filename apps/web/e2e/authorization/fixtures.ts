import { createHash } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import type { Role } from '@terreau/database/context';
import type { Engine } from '@terreau/database/engine';
import type { FileStore } from '@terreau/database/files';
import { TEMPLATE_FIELDS } from '@terreau/features/orientation/support-templates.rules';
import { newId } from '@terreau/kernel/ids';
import { EVERYONE, type Who } from '../../src/authorization/route-access.ts';

/** What stands in an address or in a form under the name of each kind of thing. */
export type Subjects = Readonly<Record<string, string>>;

/** Two territories, somebody of each kind, and one thing of each kind: theirs, another's, another territory's, none. */
export interface Fixtures {
  readonly slugs: { readonly same: string; readonly other: string };
  readonly emails: ReadonlyMap<Who, string>;
  readonly own: ReadonlyMap<Who, Subjects>;
  readonly same: Subjects;
  readonly other: Subjects;
  readonly deleted: Subjects;
  readonly random: () => Subjects;
}

export const PASSWORD = 'une-phrase-pour-les-essais-7';

export async function makeFixtures(engine: Engine, files: FileStore): Promise<Fixtures> {
  const maker = new Maker(engine, files, await hashPassword(PASSWORD));
  const same = await maker.insert('territory', { slug: 'alpha', name: 'Alpha' });
  const other = await maker.insert('territory', { slug: 'beta', name: 'Beta' });
  for (const territory of [same, other]) await maker.intakeVersion(territory);
  const stranger = await maker.account('stranger');
  const emails = new Map<Who, string>();
  const own = new Map<Who, Subjects>();
  for (const who of EVERYONE) {
    if (who === 'visitor') continue;
    const account = await maker.account(who);
    emails.set(who, `${who}@example.org`);
    const subjects = await maker.subjects(same, account, `${who}@example.org`);
    own.set(who, subjects);
    if (who !== 'account') await maker.grant(account, who, same, subjects['organization']!);
  }
  const deleted = await maker.subjects(same, stranger, 'gone@example.org');
  await engine.pool.query('delete from invitation where token_hash = $1', [hashOf(deleted['token']!)]);
  for (const [kind, table] of DELETED) await engine.pool.query(`delete from ${table} where id = $1`, [deleted[kind]]);
  return {
    slugs: { same: 'alpha', other: 'beta' },
    emails,
    own,
    same: await maker.subjects(same, stranger, 'somebody@example.org'),
    other: await maker.subjects(other, stranger, 'elsewhere@example.org'),
    deleted,
    random: randomSubjects
  };
}

/** The fields of a template about which nothing was said. */
const NOTHING_SAID = {
  ...Object.fromEntries(TEMPLATE_FIELDS.filter((field) => field !== 'title').map((field) => [field, null])),
  themes: [],
  publics: [],
  legalForms: []
};

const DELETED = [
  ['request', 'request'],
  ['committee', 'committee'],
  ['dossier', 'dossier'],
  ['report', 'report'],
  ['experience', 'support_case'],
  ['model', 'report_template'],
  ['work', 'coordination_work'],
  ['flag', 'flag'],
  ['decision', 'moderation_decision'],
  ['entry', 'assisted_entry'],
  ['import', 'support_import'],
  ['template', 'support_template'],
  ['support', 'support'],
  ['skill', 'skill'],
  ['consent', 'consent'],
  ['person', 'person'],
  ['pair', 'duplicate_pair'],
  ['run', 'import_run'],
  ['correction', 'correction'],
  ['request', 'request'],
  ['organization', 'organization']
] as const;

function randomSubjects(): Subjects {
  const kinds = [
    'organization',
    'place',
    'service',
    'post',
    'offer',
    'person',
    'consent',
    'skill',
    'run',
    'pair',
    'dossier',
    'member',
    'diagnosis',
    'report',
    'model',
    'link',
    'experience',
    'action',
    'need',
    'committee',
    'seat',
    'item',
    'task',
    'work',
    'note',
    'thread',
    'message',
    'document',
    'piece',
    'budget',
    'line',
    'deadline',
    'introduction',
    'appointment'
  ];
  const more = [
    'invitation',
    'file',
    'request',
    'flag',
    'decision',
    'entry',
    'grant',
    'correction',
    'session',
    'support',
    'template',
    'request',
    'import'
  ];
  const ids = Object.fromEntries([...kinds, ...more].map((kind) => [kind, newId()]));
  return {
    ...ids,
    token: `random${newId()}`,
    format: 'csv',
    paper: 'pdf',
    step: '2',
    provider: 'nobody',
    unknown: 'nothing',
    setting: 'contact',
    kind: 'idea',
    question: 'new',
    version: '1',
    case: `organization-${newId()}`,
    subject: `organization-${newId()}`
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

class Maker {
  readonly #engine: Engine;
  readonly #files: FileStore;
  readonly #password: string;

  constructor(engine: Engine, files: FileStore, password: string) {
    this.#engine = engine;
    this.#files = files;
    this.#password = password;
  }

  async insert(table: string, row: Record<string, unknown>): Promise<string> {
    const id = newId();
    const all = { id, ...row };
    const places = Object.keys(all).map((_, index) => `$${index + 1}`);
    await this.#engine.pool.query(
      `insert into ${table} (${Object.keys(all).join(', ')}) values (${places.join(', ')})`,
      Object.values(all)
    );
    return id;
  }

  async account(name: string): Promise<string> {
    const email = `${name}@example.org`;
    const id = await this.insert('account', { name, email, email_verified: true, trust: 'verified' });
    const row = { account_id: id, provider_id: 'credential', provider_account_id: id, password: this.#password };
    await this.insert('credential', row);
    return id;
  }

  async grant(account: string, role: Role, territory: string, organization: string): Promise<void> {
    const isOfOrganization = role === 'organization-member' || role === 'organization-manager';
    await this.insert('role_grant', {
      account_id: account,
      role,
      territory_id: role === 'platform-administrator' ? null : territory,
      organization_id: isOfOrganization ? organization : null
    });
  }

  /** Questions that a territory wrote, in force. */
  async intakeVersion(territory: string): Promise<void> {
    const now = new Date();
    const dates = { created_at: now, changed_at: now, published_at: now };
    const row = { territory_id: territory, number: 1, state: 'published', questions: '[]', ...dates };
    await this.insert('intake_version', row);
  }

  /** A conversation of a dossier with a draft of its own, and a document. */
  async conversation(territory: string, dossier: string, account: string): Promise<Subjects> {
    const within = { territory_id: territory, dossier_id: dossier };
    const at = new Date();
    const thread = await this.insert('talk_thread', {
      ...within,
      audience: 'circle',
      subject: 'Trouver un local',
      started_by: account,
      started_at: at,
      opened_at: at,
      last_message_at: at
    });
    const message = await this.insert('talk_message', {
      ...within,
      thread_id: thread,
      written_by: account,
      written_at: at
    });
    const ofMessage = { ...within, message_id: message, position: 1 };
    const piece = await this.insert('talk_piece', { ...ofMessage, kind: 'text', words: 'Bonjour' });
    const file = newId();
    await this.#files.write(file, new TextEncoder().encode('%PDF-1.7'));
    const document = await this.insert('dossier_document', {
      ...within,
      file_id: file,
      name: 'statuts.pdf',
      media_type: 'application/pdf',
      bytes: 8,
      added_by: account,
      added_at: at
    });
    const appointment = await this.insert('appointment', {
      ...within,
      starts_at: new Date(at.getTime() + 86_400_000),
      minutes: 60,
      way: 'phone',
      state: 'proposed',
      state_changed_at: at,
      made_by: account,
      made_at: at
    });
    return { thread, message, piece, document, appointment, gesture: 'down' };
  }

  /** Something that somebody said: whoever answers listens to it. */
  async voicedRequest(territory: string, person: string): Promise<string> {
    const file = newId();
    await this.#files.write(file, new TextEncoder().encode('OggS'));
    return this.insert('request', {
      territory_id: territory,
      door: 'idea',
      person_id: person,
      sentence: 'Message vocal à écouter',
      state: 'open',
      channel: 'street',
      submitted_at: new Date(),
      answer_due_at: new Date(Date.now() + 86_400_000),
      voice_file_id: file
    });
  }

  async picture(territory: string, organization: string): Promise<string> {
    const file = newId();
    await this.#files.write(file, new Uint8Array([1]));
    await this.#engine.pool.query(
      `insert into picture (organization_id, territory_id, file_id, alternative, width, height, bytes)
       values ($1, $2, $3, 'Une salle claire', 1, 1, 1)`,
      [organization, territory, file]
    );
    return file;
  }

  /** A report to a funder, begun from a template, and a secret address that was given for it. */
  async report(territory: string, account: string): Promise<Subjects> {
    const dates = { created_by: account, created_at: new Date(), updated_at: new Date() };
    const within = { territory_id: territory };
    const model = await this.insert('report_template', { ...within, title: 'Contrat de ville', ...dates });
    const report = await this.insert('report', {
      ...within,
      kind: 'funder',
      template_id: model,
      title: 'Bilan 2026',
      from_on: '2026-01-01',
      to_on: '2026-06-30',
      ...dates
    });
    const link = await this.insert('report_link', {
      ...within,
      report_id: report,
      label: 'La préfecture',
      token_hash: newId(),
      created_at: new Date(),
      expires_at: new Date(Date.now() + 86_400_000)
    });
    return { report, model, link };
  }

  /** A sheet made from a template, which has moved since. */
  async adoptedSupport(territory: string, account: string): Promise<Subjects> {
    const row = { territory_id: territory, kind: 'information', title: 'Une fiche', created_by: account };
    const support = await this.insert('support', row);
    const template = await this.insert('support_template', { territory_id: territory, shared_at: new Date() });
    for (const number of [1, 2]) {
      const fields = { kind: 'information', title: `Une fiche, version ${number}`, ...NOTHING_SAID };
      await this.#engine.pool.query(
        `insert into support_template_version (template_id, number, title, fields, published_at)
         values ($1, $2, $3, $4, now())`,
        [template, number, fields.title, JSON.stringify(fields)]
      );
    }
    await this.#engine.pool.query(
      `insert into support_adoption (support_id, territory_id, template_id, adopted_number, adopted_at)
       values ($1, $2, $3, 1, now())`,
      [support, territory, template]
    );
    return { support, template, field: 'title' };
  }

  /** A priority of a plan, an action under it, and an expertise that is needed. */
  async plan(inDossier: Record<string, unknown>, member: string): Promise<Subjects> {
    const priority = await this.insert('plan_priority', {
      ...inDossier,
      position: 1,
      title: 'Trésorerie'
    });
    const action = await this.insert('plan_action', {
      ...inDossier,
      priority_id: priority,
      what: 'Appeler la banque',
      kind: 'structure',
      owner_member_id: member,
      state_changed_at: new Date(),
      updated_at: new Date()
    });
    const need = await this.insert('expert_need', {
      ...inDossier,
      what: 'Lire les comptes',
      why: 'Nous ne savons pas lire un bilan',
      how_chosen: 'Le bureau'
    });
    return { action, need, side: 'structure' };
  }

  /** A committee that meets today, a dossier on its agenda, a seat and a task. */
  async committee(territory: string, account: string, dossier: string): Promise<Subjects> {
    const today = new Date().toISOString().slice(0, 10);
    const within = { territory_id: territory };
    const committee = await this.insert('committee', {
      ...within,
      agenda_on: today,
      held_on: today,
      opened_by: account,
      opened_at: new Date()
    });
    const seat = await this.insert('committee_member', {
      ...within,
      committee_id: committee,
      role: 'resident',
      account_id: await this.account(`seated-${newId()}`),
      seated_at: new Date()
    });
    const item = await this.insert('committee_item', {
      ...within,
      committee_id: committee,
      dossier_id: dossier,
      consented_on: today,
      channel: 'oral',
      title: 'Atelier de réparation',
      summary: 'Un avis sur le local',
      recorded_at: new Date()
    });
    const task = await this.insert('committee_task', {
      ...within,
      dossier_id: dossier,
      item_id: item,
      what: 'Appeler le bailleur',
      who: 'La coordination',
      written_at: new Date()
    });
    return { committee, seat, item, task };
  }

  /** A draft of a budget with a line, and a deadline. */
  async funding(inDossier: Record<string, unknown>): Promise<Subjects> {
    const budget = await this.insert('budget', {
      ...inDossier,
      about: 'project',
      title: 'Atelier',
      starts_on: '2026-01-01',
      ends_on: '2026-12-31',
      line_of: newId(),
      made_at: new Date(),
      updated_at: new Date()
    });
    const line = await this.insert('budget_line', {
      ...inDossier,
      budget_id: budget,
      key: newId(),
      position: 1,
      account: '74',
      label: 'Ville',
      cents: 40_000
    });
    const deadline = await this.insert('dossier_deadline', {
      ...inDossier,
      kind: 'insurance',
      due_on: '2099-01-01',
      made_at: new Date()
    });
    return { budget, line, deadline };
  }

  /** One thing of each kind in the territory, made by `account`. */
  async subjects(territory: string, account: string, invited: string): Promise<Subjects> {
    const within = { territory_id: territory };
    const organization = await this.insert('organization', {
      ...within,
      name: `Le Fil ${newId()}`,
      status: 'published',
      created_by: account,
      confirmed_at: new Date()
    });
    const twin = await this.insert('organization', { ...within, name: `Le Fil ${newId()}`, status: 'published' });
    const part = { ...within, organization_id: organization };
    const post = (kind: string) =>
      this.insert('post', {
        ...part,
        kind,
        category: 'room',
        title: 'Une salle',
        expires_on: '2099-01-01',
        posted_by: account
      });
    const person = await this.insert('person', {
      ...within,
      account_id: account,
      display_name: 'Camille',
      phone: '+33600000000'
    });
    const consent = await this.insert('consent', {
      ...within,
      account_id: account,
      person_id: person,
      purpose: 'show-a-skill',
      text_version: 'skill-1',
      channel: 'page'
    });
    const skill = await this.insert('skill', {
      ...within,
      person_id: person,
      consent_id: consent,
      title: 'Coudre',
      shown_as: 'anonymous',
      visibility: 'public',
      status: 'held'
    });
    const alone = await this.insert('person', { ...within, display_name: 'Sans compte', phone: '+33600000001' });
    const asker = await this.insert('person', { ...within, display_name: 'Qui demande', phone: '+33600000002' });
    const helper = await this.account(`helper-${newId()}`);
    const grant = await this.insert('role_grant', { ...within, account_id: helper, role: 'resident' });
    const pair = [organization, twin].sort() as [string, string];
    const token = `invitation${newId()}`;
    const invitation = await this.insert('invitation', {
      ...within,
      email: invited,
      role: 'resident',
      token_hash: hashOf(token),
      invited_by: account,
      expires_at: new Date(Date.now() + 86_400_000)
    });
    const dossier = await this.insert('dossier', {
      ...within,
      kind: 'project',
      title: 'Atelier de réparation',
      state: 'under-way',
      next_contact_on: '2099-01-01',
      opened_by: account
    });
    const inDossier = { ...within, dossier_id: dossier };
    await this.insert('dossier_member', { ...inDossier, role: 'facilitator', account_id: account });
    await this.#engine.pool.query(
      `insert into shared_project (dossier_id, territory_id, audience, title, sentence, shared_as, shared_at)
       values ($1, $2, 'public', 'Atelier de réparation', 'Réparer ensemble', 'carrier', now())`,
      [dossier, territory]
    );
    const member = await this.insert('dossier_member', { ...inDossier, role: 'carrier', person_id: alone });
    const diagnosis = await this.insert('diagnosis', {
      ...inDossier,
      round: 0,
      form: 'short',
      opened_by: account,
      opened_at: new Date(),
      compared_at: new Date()
    });
    const contact = await this.insert('promised_contact', {
      ...inDossier,
      kind: 'call',
      promised_on: '2099-01-01',
      promised_by: account
    });
    const introduction = await this.insert('introduction', {
      ...inDossier,
      organization_id: twin,
      kind: 'close',
      state: 'agreed',
      decided_at: new Date(),
      own_answer: 'yes',
      own_answered_at: new Date(),
      other_answer: 'yes',
      other_answered_at: new Date(),
      agreed_at: new Date()
    });
    return {
      ...(await this.conversation(territory, dossier, account)),
      ...(await this.funding(inDossier)),
      ...(await this.plan({ ...inDossier, written_at: new Date() }, member)),
      ...(await this.committee(territory, account, dossier)),
      organization,
      dossier,
      contact,
      member,
      diagnosis,
      note: await this.insert('note', {
        ...inDossier,
        client_id: newId(),
        happened_on: '2026-01-15',
        minutes: 60,
        kind: 'call',
        done: 'Appelé le bailleur',
        written_by: account,
        written_at: new Date(),
        received_at: new Date()
      }),
      ...(await this.report(territory, account)),
      experience: await this.insert('support_case', {
        ...inDossier,
        title: 'Trouver un local',
        worked: 'Un local prêté',
        consent_id: consent,
        published_at: new Date(),
        written_at: new Date(),
        updated_at: new Date()
      }),
      work: await this.insert('coordination_work', {
        ...within,
        client_id: newId(),
        happened_on: '2026-01-15',
        minutes: 60,
        kind: 'partnership',
        sentence: 'Préparer le forum',
        written_by: account,
        written_at: new Date()
      }),
      introduction,
      counterpart: `organization-${twin}`,
      metOn: '2026-01-01',
      // Whoever a dossier could be handed over to: nobody of these.
      to: helper,
      case: `organization-${organization}`,
      subject: `organization-${organization}`,
      invitation,
      grant,
      file: await this.picture(territory, organization),
      request: await this.voicedRequest(territory, asker),
      place: await this.insert('place', part),
      service: await this.insert('service', { ...part, name: 'Atelier' }),
      post: await post('need'),
      offer: await post('offer'),
      person: alone,
      consent,
      skill,
      run: await this.insert('import_run', {
        ...within,
        preset: 'auto',
        source: 's',
        file_name: 'f.csv',
        file_sha256: 'x',
        file_bytes: 1,
        content: Buffer.from('nom\nLe Fil\n'),
        started_by: account,
        report: JSON.stringify({
          rows: 1,
          created: 0,
          updated: 0,
          unchanged: 1,
          merged: 0,
          protected: 0,
          rejected: [],
          warnings: [],
          warningsTotal: 0,
          reasons: {},
          leftAlone: [],
          located: 0
        })
      }),
      pair: await this.insert('duplicate_pair', {
        ...within,
        first_id: pair[0],
        second_id: pair[1],
        likelihood_permille: 900,
        reasons: '[]'
      }),
      flag: await this.insert('flag', {
        ...within,
        subject_kind: 'organization',
        subject_id: organization,
        reason: 'false'
      }),
      decision: await this.insert('moderation_decision', {
        ...within,
        subject_kind: 'organization',
        subject_id: organization,
        outcome: 'hidden',
        reason: 'fine'
      }),
      entry: await this.insert('assisted_entry', {
        ...within,
        person_id: alone,
        typed_by: account,
        subject_kind: 'skill',
        subject_id: skill,
        receipt_hash: newId(),
        agreed_orally: true
      }),
      ...(await this.adoptedSupport(territory, account)),
      import: await this.insert('support_import', {
        ...within,
        preset: 'table',
        source: 's',
        file_name: 'f.csv',
        file_sha256: 'x',
        content: Buffer.from('titre\nUne fiche\n'),
        started_by: account,
        created_at: new Date()
      }),
      correction: await this.insert('correction', { ...part, kind: 'closed' }),
      token,
      format: 'csv',
      paper: 'pdf',
      step: '2',
      provider: 'nobody',
      unknown: 'nothing',
      setting: 'contact',
      kind: 'idea',
      question: 'new',
      version: '1'
    };
  }
}
