import type { FinancialReport } from '@terreau/features/funding/find-financial-report.query';
import type { ReportWords } from '@terreau/features/funding/financial-report.paper.rules';
import type { GrantForm } from '@terreau/features/funding/find-grant-form.query';
import type { GrantKey, GrantSectionKey } from '@terreau/features/funding/grant-form.rules';
import type { GrantWords } from '@terreau/features/funding/grant-form.paper.rules';
import { formatExactEuros, formatLocalDate, formatPercent } from '#lib/formats.ts';
import { m } from '#texts/messages.js';
import { SIDE_WORDS } from './words.ts';

/* The words of the papers of funding, and of the pages that show the same. */

type Words<Code extends string> = Readonly<Record<Code, () => string>>;

export const GRANT_SECTION_WORDS: Words<GrantSectionKey> = {
  request: m.funding_grant_section_request,
  identity: m.funding_grant_section_identity,
  relations: m.funding_grant_section_relations,
  people: m.funding_grant_section_people,
  project: m.funding_grant_section_project
};

export const GRANT_FIELD_WORDS: Words<GrantKey> = {
  recurrence: m.funding_grant_field_recurrence,
  object: m.funding_grant_field_object,
  period: m.funding_grant_field_period,
  name: m.funding_grant_field_name,
  acronym: m.funding_grant_field_acronym,
  rna: m.funding_grant_field_rna,
  siret: m.funding_grant_field_siret,
  address: m.funding_grant_field_address,
  website: m.funding_grant_field_website,
  email: m.funding_grant_field_email,
  phone: m.funding_grant_field_phone,
  representative: m.funding_grant_field_representative,
  contact: m.funding_grant_field_contact,
  approvals: m.funding_grant_field_approvals,
  federations: m.funding_grant_field_federations,
  volunteers: m.funding_grant_field_volunteers,
  employees: m.funding_grant_field_employees,
  'full-time': m.funding_grant_field_full_time,
  members: m.funding_grant_field_members,
  title: m.funding_grant_field_title,
  objectives: m.funding_grant_field_objectives,
  description: m.funding_grant_field_description,
  beneficiaries: m.funding_grant_field_beneficiaries,
  territory: m.funding_grant_field_territory,
  means: m.funding_grant_field_means,
  dates: m.funding_grant_field_dates,
  evaluation: m.funding_grant_field_evaluation
};

/** « Du 1 janv. 2026 au 31 déc. 2026 » */
export function periodInWords(startsOn: string, endsOn: string): string {
  return m.funding_period({ start: formatLocalDate(startsOn), end: formatLocalDate(endsOn) });
}

export function attestations(): string[] {
  return [m.funding_grant_attest_1(), m.funding_grant_attest_2(), m.funding_grant_attest_3()];
}

export function grantWords({ head, budget }: GrantForm): GrantWords {
  return {
    title: m.funding_grant_title(),
    about: `${budget.title} · ${periodInWords(budget.startsOn, budget.endsOn)}`,
    footer: head.title,
    notSent: budget.isFinal ? m.funding_not_sent() : `${m.funding_grant_draft()} ${m.funding_not_sent()}`,
    section: (key) => GRANT_SECTION_WORDS[key](),
    field: (key) => GRANT_FIELD_WORDS[key](),
    empty: m.funding_grant_empty(),
    budget: m.funding_grant_budget(),
    side: (side) => SIDE_WORDS[side](),
    line: m.funding_line(),
    amount: m.funding_amount(),
    total: m.funding_total(),
    attestations: m.funding_grant_attestations(),
    attested: attestations(),
    euros: (euros) => formatExactEuros(euros * 100)
  };
}

export function reportWords({ head, budget, organization }: FinancialReport): ReportWords {
  return {
    title: m.funding_report_title(),
    about: [organization, budget.title, periodInWords(budget.startsOn, budget.endsOn)].filter(Boolean).join(' · '),
    footer: head.title,
    notSent: m.funding_not_sent(),
    side: (side) => SIDE_WORDS[side](),
    columns: {
      line: m.funding_line(),
      forecast: m.funding_report_forecast(),
      actual: m.funding_report_actual(),
      gap: m.funding_report_gap(),
      share: m.funding_report_share()
    },
    total: m.funding_total(),
    explanations: m.funding_report_explanations(),
    texts: {
      done: m.funding_report_text_done(),
      public: m.funding_report_text_public(),
      effects: m.funding_report_text_effects()
    },
    untold: m.funding_report_untold(),
    euros: formatExactEuros,
    percent: formatPercent
  };
}
