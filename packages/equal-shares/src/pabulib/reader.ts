import type { Election } from '../election.ts';
import { isUtf8, splitFields, textOf, type Field } from './fields.ts';
import { createMeta } from './meta.ts';
import { PabulibError, severityOf, toleranceOf, type Problem, type Severity, type Tolerance } from './problems.ts';
import { createProjects, type ProjectRow } from './projects.ts';
import { createRecordSplitter, RECORD_BYTES, type PabulibRecord } from './records.ts';
import { SECTIONS, type Report, type Section, type SectionReader } from './section.ts';
import { createVotes } from './votes.ts';

export interface ReadOptions {
  /** Problems taken as warnings instead of errors: counts that differ, ballots over their limits. */
  readonly tolerate?: readonly Tolerance[];
  /** Also checks values that no rule needs (age, sex, voting method of each voter): slower. */
  readonly checkValues?: boolean;
  /** Also keeps every row as it was written, so that the file can be written again without loss. */
  readonly keepRows?: boolean;
}

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The three sections, row by row. Blank lines, quotes and line ends are the only things not kept. */
export interface PabulibDocument {
  readonly meta: Table;
  readonly projects: Table;
  readonly votes: Table;
}

export interface PabulibFile {
  /** Null when the file has errors that leave the election unknown. */
  readonly election: Election | null;
  readonly meta: ReadonlyMap<string, string>;
  /** Per project, in the order of the file: what the columns beside id and cost say. */
  readonly projects: readonly ProjectRow[];
  readonly document: PabulibDocument | null;
  /** In the order of the lines; at most PROBLEMS_KEPT. */
  readonly problems: readonly Problem[];
  readonly errors: number;
  readonly warnings: number;
}

export interface PabulibReader {
  /** Bytes of the file, in any portions. The array is not kept. */
  readonly push: (chunk: Uint8Array) => void;
  readonly end: () => PabulibFile;
}

/** Most problems listed one by one; all are counted. */
export const PROBLEMS_KEPT = 10_000;

/** Reads a whole file. Throws a PabulibError when it has an error. */
export function readPabulib(
  input: Uint8Array | string,
  options: ReadOptions = {}
): PabulibFile & { readonly election: Election } {
  return orThrow(checkPabulib(input, options));
}

/** Reads a whole file and lists its problems instead of throwing. */
export function checkPabulib(input: Uint8Array | string, options: ReadOptions = {}): PabulibFile {
  const reader = createPabulibReader(options);
  reader.push(typeof input === 'string' ? new TextEncoder().encode(input) : input);
  return reader.end();
}

/** Reads from a stream (a file, a response body) without holding the text. Lists problems; `orThrow` makes them an error. */
export async function readPabulibStream(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadOptions = {}
): Promise<PabulibFile> {
  const reader = createPabulibReader(options);
  for await (const chunk of chunks) reader.push(chunk);
  return reader.end();
}

export function orThrow(file: PabulibFile): PabulibFile & { readonly election: Election } {
  if (file.errors > 0 || file.election === null)
    throw new PabulibError(file.problems.filter((p) => p.severity === 'error'));
  return { ...file, election: file.election };
}

export function createPabulibReader(options: ReadOptions = {}): PabulibReader {
  const problems = createProblemList(options.tolerate ?? []);
  const { report } = problems;
  const meta = createMeta(report);
  const projects = createProjects(report, meta);
  const votes = createVotes(report, meta, projects, options.checkValues === true);
  const outline = createOutline(report, { META: meta, PROJECTS: projects, VOTES: votes }, options.keepRows === true);
  const splitter = createRecordSplitter({
    record: outline.take,
    tooLong: (line) => report('line-too-long', line, 1, String(RECORD_BYTES)),
    unclosedQuote: (line, column) => report('quote-open', line, column),
    byteOrderMark: () => report('byte-order-mark', 1, 1)
  });
  return {
    push: splitter.push,
    end: () => {
      splitter.end();
      outline.end();
      const election = votes.close(problems.fatal());
      return {
        election,
        meta: meta.values,
        projects: projects.rows,
        document: outline.document(),
        ...problems.summary()
      };
    }
  };
}

interface ProblemList {
  readonly report: Report;
  /** Whether an error has been met that leaves the election unknown. */
  readonly fatal: () => boolean;
  readonly summary: () => Pick<PabulibFile, 'problems' | 'errors' | 'warnings'>;
}

function createProblemList(tolerate: readonly Tolerance[]): ProblemList {
  const kept: Problem[] = [];
  const count: Record<Severity, number> = { error: 0, warning: 0 };
  let isFatal = false;
  return {
    report: (code, line, column, ...details) => {
      const tolerance = toleranceOf(code);
      const severity = tolerance !== null && tolerate.includes(tolerance) ? 'warning' : severityOf(code);
      if (severity === 'error' && tolerance === null) isFatal = true;
      count[severity]++;
      if (kept.length < PROBLEMS_KEPT) kept.push({ code, severity, line, column, details });
    },
    fatal: () => isFatal,
    summary: () => ({
      problems: kept.sort((a, b) => a.line - b.line || a.column - b.column),
      errors: count.error,
      warnings: count.warning
    })
  };
}

interface Outline {
  readonly take: (record: PabulibRecord) => void;
  readonly end: () => void;
  readonly document: () => PabulibDocument | null;
}

/** Follows the sections and their headers, and hands each row to its section. */
function createOutline(report: Report, readers: Record<Section, SectionReader>, keepRows: boolean): Outline {
  const tables = new Map<Section, { header: string[]; rows: string[][] }>();
  let section: Section | null = null;
  let width = 0;
  let awaitsHeader = false;

  function take(record: PabulibRecord): void {
    if (section !== null && !awaitsHeader && !keepRows && readers[section].quickRow?.(record) === true) return;
    if (record.end === record.start) return report('blank-line', record.line, 1);
    if (!isUtf8(record)) return report('not-utf8', record.line, 1);
    const fields = splitFields(textOf(record));
    const named = sectionNamed(fields);
    if (named !== null) return open(named, record.line);
    if (fields.length === 1 && !record.hasQuote && fields[0]!.text.trim() === '')
      return report('blank-line', record.line, 1);
    if (section === null) return report('outside-section', record.line, 1, fields[0]!.text);
    if (awaitsHeader) return takeHeader(section, fields, record.line);
    takeRow(section, fields, record.line);
  }

  function open(named: Section, line: number): void {
    if (awaitsHeader && section !== null) report('header-missing', line, 1, section);
    if (tables.has(named)) report('section-twice', line, 1, named);
    else if (SECTIONS.slice(0, SECTIONS.indexOf(named)).some((earlier) => !tables.has(earlier)))
      report('section-order', line, 1, named);
    if (!tables.has(named)) tables.set(named, { header: [], rows: [] });
    section = named;
    awaitsHeader = true;
  }

  function takeHeader(of: Section, fields: readonly Field[], line: number): void {
    awaitsHeader = false;
    width = fields.length;
    const names = fields.map((field) => field.text.trim());
    names.forEach((name, i) => {
      if (names.indexOf(name) < i) report('column-twice', line, fields[i]!.column, name);
    });
    tables.get(of)!.header = fields.map((field) => field.text);
    readers[of].header(names, line);
  }

  function takeRow(of: Section, fields: readonly Field[], line: number): void {
    if (keepRows) tables.get(of)!.rows.push(fields.map((field) => field.text));
    const beyond = fields.slice(width);
    if (beyond.some((field) => field.text.trim() !== ''))
      return report('row-wide', line, fields[width]!.column, String(fields.length), String(width));
    if (beyond.length > 0) report('row-trailing', line, beyond[0]!.column);
    if (fields.length < width && of !== 'META') report('row-narrow', line, 1, String(fields.length), String(width));
    readers[of].row(fields, line);
  }

  function end(): void {
    if (tables.size === 0) report('file-empty', 0, 0);
    else for (const name of SECTIONS) if (!tables.has(name)) report('section-missing', 0, 0, name);
    if (awaitsHeader && section !== null) report('header-missing', 0, 0, section);
  }

  const document = (): PabulibDocument | null => {
    if (!keepRows) return null;
    const table = (name: Section): Table => tables.get(name) ?? { header: [], rows: [] };
    return { meta: table('META'), projects: table('PROJECTS'), votes: table('VOTES') };
  };
  return { take, end, document };
}

/** A line that holds the name of a section and nothing else. */
function sectionNamed(fields: readonly Field[]): Section | null {
  const name = fields[0]!.text.trim().toUpperCase();
  const isAlone = fields.slice(1).every((field) => field.text.trim() === '');
  return isAlone ? (SECTIONS.find((section) => section === name) ?? null) : null;
}
