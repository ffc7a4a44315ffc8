import { COMPLETIONS, type Completion } from '../rules/completions.ts';
import { RULES, type Rule } from '../outcome.ts';
import { drawnOrder, type TieRule } from '../ties.ts';
import type { Language, Tolerance } from '../pabulib/problems.ts';

export type Command = 'outcome' | 'check' | 'verify' | 'chart';

export interface CommandLine {
  readonly command: Command;
  readonly files: readonly string[];
  readonly rule: Rule | null;
  readonly completion: Completion;
  /** Given the ids of the projects: an order drawn from a seed needs them. */
  readonly tie: (ids: readonly string[]) => TieRule;
  readonly all: boolean;
  readonly json: boolean;
  /** Lets `--all` take as long as it needs. */
  readonly unbounded: boolean;
  readonly explain: string | null;
  /** The whole count: all sentences, or with `--json` as data. */
  readonly trace: boolean;
  readonly voter: string | null;
  readonly output: string | null;
  readonly language: Language;
  readonly tolerate: readonly Tolerance[];
}

export const USAGE = `Usage:
  equal-shares outcome FILE.pb [--rule mes_cost] [--completion none] [--tie lex] [--json]
                             [--explain PROJECT | --voter N | --trace]
  equal-shares outcome FILE.pb --all --json [--unbounded]
  equal-shares check FILE.pb [--lenient] [--json]
  equal-shares verify FILE.pb OUTCOME.json [--rule mes_cost] [--json]
  equal-shares chart FILE.pb [-o outcome.svg] [--rule mes_cost] [--completion add1]

  --rule        ${RULES.join(', ')}
  --completion  ${COMPLETIONS.join(', ')} (Equal Shares only)
  --tie         lex, rec, order:ID,ID,… or seed:TEXT (an order drawn from a published text)
  --lang        en or fr
  --strict      outcome, verify, chart: ballots over their limits and counts that differ are errors, not warnings
  --lenient     check: the other way round

Exit codes: 0 done; 1 the file is not valid or the outcome not verified; 2 the command was not understood.
`;

export class UsageError extends Error {}

export function parseCommandLine(args: readonly string[]): CommandLine {
  const [command, ...rest] = args;
  if (command !== 'outcome' && command !== 'check' && command !== 'verify' && command !== 'chart')
    throw new UsageError(command === undefined ? 'a command is needed' : `unknown command: ${command}`);
  const { files, options } = separate(rest);
  const wanted = command === 'verify' ? 2 : 1;
  if (files.length !== wanted) throw new UsageError(`${command} takes ${wanted} file${wanted > 1 ? 's' : ''}`);
  const isTolerant = command === 'check' ? options.has('lenient') : !options.has('strict');
  return {
    command,
    files,
    rule: options.has('rule') ? oneOf('rule', options.get('rule')!, RULES) : null,
    completion: oneOf('completion', options.get('completion') ?? 'none', COMPLETIONS),
    tie: tieFrom(options.get('tie') ?? 'lex'),
    all: options.has('all'),
    json: options.has('json'),
    unbounded: options.has('unbounded'),
    explain: options.get('explain') ?? null,
    trace: options.has('trace'),
    voter: options.get('voter') ?? null,
    output: options.get('output') ?? null,
    language: oneOf('lang', options.get('lang') ?? 'en', ['en', 'fr'] as const),
    tolerate: isTolerant ? ['counts', 'limits'] : []
  };
}

const FLAGS = new Set(['all', 'json', 'strict', 'lenient', 'unbounded', 'trace']);
const VALUES = new Set(['rule', 'completion', 'tie', 'explain', 'voter', 'output', 'lang']);

function separate(args: readonly string[]): { files: string[]; options: Map<string, string> } {
  const files: string[] = [];
  const options = new Map<string, string>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    const name = arg === '-o' ? 'output' : arg.startsWith('--') ? arg.slice(2) : null;
    if (name === null) files.push(arg);
    else if (FLAGS.has(name)) options.set(name, '');
    else if (!VALUES.has(name)) throw new UsageError(`unknown option: ${arg}`);
    else if (args[i + 1] === undefined) throw new UsageError(`${arg} needs a value`);
    else options.set(name, args[++i]!);
  }
  return { files, options };
}

function oneOf<const T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new UsageError(`--${option} is one of ${allowed.join(', ')}; not ${value}`);
  return found;
}

function tieFrom(text: string): CommandLine['tie'] {
  if (text === 'lex' || text === 'rec') return () => text;
  if (text.startsWith('order:')) return () => ({ order: text.slice('order:'.length).split(',') });
  if (text.startsWith('seed:')) return (ids) => ({ order: drawnOrder(ids, text.slice('seed:'.length)) });
  throw new UsageError(`--tie is lex, rec, order:ID,ID,… or seed:TEXT; not ${text}`);
}
