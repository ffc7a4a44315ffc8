import { certify, type Claim } from '../certify.ts';
import { chartSvg } from '../chart.ts';
import type { Election } from '../election.ts';
import { explain } from '../explain.ts';
import {
  computeAll,
  computeOutcome,
  isMes,
  rulesFor,
  utilityOf,
  type Choice,
  type Outcome,
  type Rule
} from '../outcome.ts';
import { problemText } from '../pabulib/problems.ts';
import { readPabulibStream, type PabulibFile } from '../pabulib/reader.ts';
import { ChainTooLong } from '../rules/completions.ts';
import { endingSentences, missedSentence, projectSentences, voterSentences, type Wording } from '../sentences.ts';
import { parseCommandLine, UsageError, USAGE, type CommandLine } from './command-line.ts';

/** What the command line needs of the world; tests hand in their own. */
export interface World {
  readonly read: (path: string) => AsyncIterable<Uint8Array>;
  readonly write: (path: string, text: string) => Promise<void>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Runs one command; the exit code: 0, 1 (not valid, not verified) or 2 (bad use). */
export async function runCommand(args: readonly string[], world: World): Promise<number> {
  if (['help', '--help', '-h'].includes(args[0] ?? '')) {
    world.out(USAGE);
    return 0;
  }
  try {
    const line = parseCommandLine(args);
    return await COMMANDS[line.command](line, world);
  } catch (error) {
    if (error instanceof UsageError) {
      world.err(`${error.message}\n\n${USAGE}`);
      return 2;
    }
    if (error instanceof ChainTooLong) {
      world.err(`${error.message}\n`);
      return 1;
    }
    if (isFileError(error) && error.code in FILE_ERRORS) {
      world.err(`${FILE_ERRORS[error.code]}: ${error.path ?? ''}\n`);
      return 2;
    }
    if (error instanceof RangeError || isFileError(error)) {
      world.err(`${error.message}\n`);
      return 2;
    }
    throw error;
  }
}

const COMMANDS: Record<CommandLine['command'], (line: CommandLine, world: World) => Promise<number>> = {
  outcome,
  check,
  verify,
  chart
};

const FILE_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this file may not be opened',
  EISDIR: 'this is a folder, not a file'
};

const isFileError = (error: unknown): error is Error & { readonly code: string; readonly path?: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('E');

async function outcome(line: CommandLine, world: World): Promise<number> {
  const file = await readFile(line, world);
  if (file.election === null || file.errors > 0) return 1;
  const { election } = file;
  if (line.all) return allOutcomes(line, world, election);
  const choice = choiceOf(line, election);
  if (line.trace) return wholeTrace(line, world, file, election, choice);
  if (line.explain !== null || line.voter !== null) return explainOne(line, world, file, election, choice);
  const result = computeOutcome(election, choice);
  world.out(
    line.json
      ? `${JSON.stringify({ file: nameOf(line.files[0]!), key: keyOf(line, choice), ...result }, null, 1)}\n`
      : plainOutcome(election, result)
  );
  return 0;
}

function allOutcomes(line: CommandLine, world: World, election: Election): number {
  const { results, unfinished } = computeAll(election, line.unbounded ? Infinity : RUNS_PER_CHAIN);
  const { ballots, projects, voteType } = election;
  const facts = {
    file: nameOf(line.files[0]!),
    n: ballots.groupOf.length,
    m: projects.length,
    distinct_ballots: ballots.groups,
    vote_type: voteType
  };
  const all = unfinished.length === 0 ? { ...facts, results } : { ...facts, results, unfinished };
  if (unfinished.length > 0)
    world.err(
      `${unfinished.length} keys need more than ${RUNS_PER_CHAIN} runs of Add1 and are left out; --unbounded computes them\n`
    );
  world.out(`${JSON.stringify(all, null, 1)}\n`);
  return 0;
}

/** Runs of one chain of Add1 that `--all` allows: more than any known election needs (Budapest 2024: about 23,000). */
const RUNS_PER_CHAIN = 25_000;

function explainOne(line: CommandLine, world: World, file: PabulibFile, election: Election, choice: Choice): number {
  const told = explain(election, choice);
  const wording = wordingFor(line, file, election);
  if (line.explain !== null) {
    const account = told.project(line.explain);
    const full = account.status === 'bought' ? { ...account, payers: told.payers(line.explain) } : account;
    world.out(
      line.json
        ? `${JSON.stringify(full, null, 1)}\n`
        : projectSentences(account, wording)
            .map((s) => `${s}\n`)
            .join('')
    );
  } else {
    const account = told.voter(Number(line.voter) - 1);
    world.out(
      line.json
        ? `${JSON.stringify(account, null, 1)}\n`
        : voterSentences(account, wording)
            .map((s) => `${s}\n`)
            .join('')
    );
  }
  return 0;
}

function wholeTrace(line: CommandLine, world: World, file: PabulibFile, election: Election, choice: Choice): number {
  const told = explain(election, choice);
  const trace = told.trace();
  if (line.json) {
    world.out(`${JSON.stringify(trace, null, 1)}\n`);
    return 0;
  }
  const wording = wordingFor(line, file, election);
  const paragraphs = [
    ...trace.rounds.map((account) => projectSentences(account, wording)),
    ...(trace.ending === null ? [] : [endingSentences(trace.ending, wording)]),
    ...trace.added.map((account) => projectSentences(account, wording)),
    ...trace.missed.map((missed) => [missedSentence(missed, wording)])
  ];
  world.out(`${paragraphs.map((sentences) => sentences.join(' ')).join('\n')}\n`);
  return 0;
}

async function check(line: CommandLine, world: World): Promise<number> {
  const file = await readPabulibStream(world.read(line.files[0]!), { tolerate: line.tolerate, checkValues: true });
  if (line.json)
    world.out(
      `${JSON.stringify({ file: nameOf(line.files[0]!), errors: file.errors, warnings: file.warnings, problems: file.problems }, null, 1)}\n`
    );
  else {
    for (const problem of file.problems) world.out(`${problemText(problem, line.language)}\n`);
    world.out(
      line.language === 'fr'
        ? `${file.errors} erreur(s), ${file.warnings} remarque(s)\n`
        : `${file.errors} error(s), ${file.warnings} warning(s)\n`
    );
  }
  return file.errors === 0 ? 0 : 1;
}

async function verify(line: CommandLine, world: World): Promise<number> {
  const file = await readFile(line, world);
  if (file.election === null || file.errors > 0) return 1;
  const claims = claimsIn(await textOf(world.read(line.files[1]!)));
  let isValid = claims.length > 0;
  const reports = claims.map(([key, claim]) => {
    const rule = line.rule ?? (key.split('|')[0] as Rule);
    const certificate = certify(
      file.election!,
      rule.startsWith('mes_') ? claim : { selected: claim.selected },
      utilityOf(rule) === 'card' ? 'card' : 'cost'
    );
    isValid &&= certificate.isValid;
    return { key, ...certificate };
  });
  if (line.json) world.out(`${JSON.stringify(reports, null, 1)}\n`);
  else
    for (const report of reports)
      world.out(
        `${report.key}: ${report.isValid ? 'verified' : 'NOT VERIFIED'}\n${report.checks.map((c) => `  ${c.name}: ${c.finding} (${c.because})\n`).join('')}`
      );
  return isValid ? 0 : 1;
}

async function chart(line: CommandLine, world: World): Promise<number> {
  const file = await readFile(line, world);
  if (file.election === null || file.errors > 0) return 1;
  const choice = choiceOf(line, file.election);
  if (!isMes(choice.rule)) throw new UsageError('a chart shows who paid: it needs a rule of Equal Shares');
  const svg = chartSvg(file.election, explain(file.election, choice), {
    language: line.language,
    currency: currencyOf(file),
    title: file.meta.get('description')
  });
  if (line.output === null) world.out(svg);
  else await world.write(line.output, svg);
  return 0;
}

/** Reads the file and says on the error stream what is wrong with it. */
async function readFile(line: CommandLine, world: World): Promise<PabulibFile> {
  const file = await readPabulibStream(world.read(line.files[0]!), { tolerate: line.tolerate });
  for (const problem of file.problems.slice(0, PROBLEMS_SHOWN))
    if (problem.severity === 'error' || problem.code.endsWith('limit') || problem.code.endsWith('count'))
      world.err(`${problemText(problem, line.language)}\n`);
  return file;
}

const PROBLEMS_SHOWN = 50;

const choiceOf = (line: CommandLine, election: Election): Choice => ({
  rule: line.rule ?? rulesFor(election.voteType)[0]!,
  completion: line.completion,
  tie: line.tie(election.projects.map((project) => project.id))
});

function keyOf(line: CommandLine, choice: Choice): string {
  const tie = typeof choice.tie === 'string' ? choice.tie : 'order';
  return isMes(choice.rule) ? `${choice.rule}|${line.completion}|${tie}` : `${choice.rule}|${tie}`;
}

function plainOutcome(election: Election, result: Outcome): string {
  const byId = new Map(election.projects.map((project) => [project.id, project]));
  const lines = result.order.map((id) => `${id}\t${byId.get(id)?.name ?? ''}`);
  return [
    ...lines,
    `${result.selected.length} selected${result.endowment === undefined ? '' : `, endowment ${result.endowment}`}, ties ${result.ties}`,
    ''
  ].join('\n');
}

function wordingFor(line: CommandLine, file: PabulibFile, election: Election): Wording {
  const names = new Map(election.projects.map((project) => [project.id, project.name]));
  return { language: line.language, currency: currencyOf(file), nameOf: (id) => names.get(id) ?? id };
}

const currencyOf = (file: PabulibFile): string => file.meta.get('currency') ?? '';

const nameOf = (path: string): string => path.split('/').at(-1)!;

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

/** One claim, or all those of a file with `results`. The order is kept only where it comes with an endowment. */
function claimsIn(text: string): [string, Claim][] {
  const parsed = parseJson(text);
  const results =
    isRecord(parsed) && isRecord(parsed['results'])
      ? Object.entries(parsed['results'])
      : [[isRecord(parsed) && typeof parsed['key'] === 'string' ? parsed['key'] : 'mes_cost', parsed] as const];
  return results.map(([key, value]) => {
    if (!isRecord(value) || !isIds(value['selected']))
      throw new UsageError('the outcome file names no "selected" projects');
    const hasShares =
      isIds(value['order']) && typeof value['endowment'] === 'string' && /^\d+(\/[1-9]\d*)?$/.test(value['endowment']);
    if (!hasShares) return [key, { selected: value['selected'] }];
    const completion = key.split('|').length === 3 ? key.split('|')[1]! : 'util';
    return [
      key,
      {
        selected: value['selected'],
        order: value['order'] as string[],
        endowment: value['endowment'] as string,
        isBoughtWhole: !completion.endsWith('util')
      }
    ];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError('the outcome file is not JSON');
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isIds = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((id) => typeof id === 'string');
