import type { z } from 'zod';
import { m } from '#texts/messages.js';
import type { ProblemDocument } from './schemas.ts';

/** What can go wrong, by code; each is explained at `/api#<code>`. */
export const PROBLEMS = {
  'invalid-parameter': {
    status: 400,
    title: m.api_problem_invalid_parameter,
    detail: m.api_problem_invalid_parameter_text
  },
  'not-found': { status: 404, title: m.api_problem_not_found, detail: m.api_problem_not_found_text },
  'unknown-address': { status: 404, title: m.api_problem_unknown_address, detail: m.api_problem_unknown_address_text },
  'method-not-allowed': {
    status: 405,
    title: m.api_problem_method_not_allowed,
    detail: m.api_problem_method_not_allowed_text
  },
  'not-acceptable': { status: 406, title: m.api_problem_not_acceptable, detail: m.api_problem_not_acceptable_text },
  'too-many-requests': {
    status: 429,
    title: m.api_problem_too_many_requests,
    detail: m.api_problem_too_many_requests_text
  },
  failure: { status: 500, title: m.api_problem_failure, detail: m.api_problem_failure_text }
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** A refusal of the interface: its code, and what it is about. */
export class Problem {
  readonly code: ProblemCode;
  readonly more: { errors?: { parameter: string; detail: string }[]; id?: string };

  constructor(code: ProblemCode, more: Problem['more'] = {}) {
    this.code = code;
    this.more = more;
  }
}

/** The body of a problem, in the reader's language. */
export function problemBody({ code, more }: Problem, instance: string): z.infer<typeof ProblemDocument> {
  const { status, title, detail } = PROBLEMS[code];
  const about = more.errors?.map((error) => `${error.parameter} : ${error.detail}`).join(' ');
  return { type: `/api#${code}`, title: title(), status, detail: about ?? detail(), instance, ...more };
}

const EXPECTED: Readonly<Record<string, () => string>> = {
  limit: m.api_expected_limit,
  after: m.api_expected_after,
  territory: m.api_expected_territory,
  q: m.api_expected_q,
  theme: m.api_expected_theme,
  public: m.api_expected_public,
  near: m.api_expected_near,
  radius_km: m.api_expected_radius_km,
  kind: m.api_expected_kind
};

/** What each parameter must be that the schema of an address refused; that it does not exist at this address. */
export function problemOfParameters(issues: readonly z.core.$ZodIssue[]): Problem {
  const errors = new Map<string, string>();
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) errors.set(key, m.api_expected_nothing());
    else errors.set(String(issue.path[0] ?? ''), expectation(String(issue.path[0] ?? '')));
  }
  return new Problem('invalid-parameter', {
    errors: [...errors].map(([parameter, detail]) => ({ parameter, detail }))
  });
}

/** What a parameter must be, in a sentence; that it does not exist when it is none of ours. */
export function expectation(parameter: string): string {
  return (EXPECTED[parameter] ?? m.api_expected_nothing)();
}

/** The refusal of one parameter. */
export function wrongParameter(parameter: string): Problem {
  return new Problem('invalid-parameter', { errors: [{ parameter, detail: expectation(parameter) }] });
}
