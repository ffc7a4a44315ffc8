import { openBallotBook, POINT_DIGITS } from '../ballot-book.ts';
import { exactPoints, hasPoints, type Election } from '../election.ts';
import { atScale, decimalFromScale, parseDecimal, type Decimal } from '../exact/decimal.ts';
import type { Field } from './fields.ts';
import { checkRow } from './known-values.ts';
import { createBallotLimits } from './limits.ts';
import type { Meta } from './meta.ts';
import { makeRoom, type Desk, type Slip } from './desk.ts';
import type { Projects } from './projects.ts';
import { createQuickRow } from './quick-row.ts';
import type { PabulibRecord } from './records.ts';
import { trimmed, type Report, type SectionReader } from './section.ts';
import { createVoterIds } from './voter-ids.ts';

export interface Votes extends SectionReader {
  readonly quickRow: (record: PabulibRecord) => boolean;
  /** The election, once the file is at its end; null when it is known to be wrong. Reports counts that differ. */
  readonly close: (isFatal: boolean) => Election | null;
}

const KNOWN_COLUMNS = new Set(
  'voter_id vote points age sex voting_method district neighborhood neighbourhood education'.split(' ')
);

/** `checkValues`: also what the rows say about the voters; slower. */
export function createVotes(report: Report, meta: Meta, projects: Projects, checkValues: boolean): Votes {
  let desk: Desk | null = null;
  let quick: ((record: PabulibRecord) => boolean) | null = null;
  let voters = 0;
  let columnNames: readonly string[] = [];

  function header(names: readonly string[], line: number): void {
    columnNames = names;
    const facts = meta.settle();
    const withPoints = hasPoints(facts.voteType);
    for (const needed of ['voter_id', 'vote', ...(withPoints ? ['points'] : [])])
      if (!names.includes(needed)) report('column-missing', line, 1, needed);
    for (const name of names) if (!KNOWN_COLUMNS.has(name)) report('column-unknown', line, 1, name);
    const settled = projects.settle();
    const columns = {
      voter: names.indexOf('voter_id'),
      vote: names.indexOf('vote'),
      points: withPoints ? names.indexOf('points') : -1,
      width: names.length
    };
    const book = openBallotBook({ ordered: facts.voteType === 'ordinal', withPoints });
    const slip: Slip = {
      projects: new Int32Array(64),
      points: new Float64Array(64),
      length: 0,
      line: 0,
      voteColumn: 1,
      pointsColumn: 1
    };
    desk = {
      facts,
      settled,
      book,
      withPoints,
      columns,
      slip,
      voterIds: createVoterIds(),
      limits: createBallotLimits(report, facts, settled, book)
    };
    quick = checkValues ? null : createQuickRow(desk, projects);
  }

  function row(fields: readonly Field[], line: number): void {
    if (desk === null) return;
    voters++;
    const voterField = fields[desk.columns.voter];
    const id = trimmed(report, voterField, line);
    if (id === '') report('id-empty', line, voterField?.column ?? 1, 'voter_id');
    else if (!desk.voterIds.addText(id)) report('voter-twice', line, voterField?.column ?? 1, id);
    if (checkValues) checkRow(report, 'VOTES', columnNames, fields, line);
    readBallot(report, desk, projects, fields, line);
    settleBallot(desk);
  }

  function quickRow(record: PabulibRecord): boolean {
    if (desk === null || quick === null || !quick(record)) return false;
    voters++;
    settleBallot(desk);
    return true;
  }

  function close(isFatal: boolean): Election | null {
    const { facts, settled, book } = desk ?? {
      facts: meta.settle(),
      settled: projects.settle(),
      book: openBallotBook({ ordered: false, withPoints: false })
    };
    reportCounts(report, meta, projects, voters);
    reportSelected(report, projects, settled);
    const election: Election = { voteType: facts.voteType, ...settled, ballots: book.close() };
    if (desk !== null && !isFatal) reportColumnCounts(report, projects, election);
    return isFatal || desk === null ? null : election;
  }

  return { header, row, quickRow, close };
}

function settleBallot(desk: Desk): void {
  const { slip } = desk;
  desk.limits.check(slip);
  desk.book.add(slip.projects, slip.length, desk.withPoints ? slip.points : undefined);
}

/** Field by field, with every problem reported; what cannot be used is left out of the slip. */
function readBallot(report: Report, desk: Desk, projects: Projects, fields: readonly Field[], line: number): void {
  const { slip, columns } = desk;
  const vote = fields[columns.vote];
  const names = splitList(vote);
  makeRoom(slip, names.length);
  slip.length = 0;
  slip.line = line;
  slip.voteColumn = vote?.column ?? 1;
  slip.pointsColumn = fields[columns.points]?.column ?? 1;
  const points = desk.withPoints ? readPoints(report, desk, fields[columns.points], names.length, line) : [];
  names.forEach((name, i) => {
    const p = projects.indexOf(trimmed(report, name, line));
    if (p === undefined) return report('project-unknown', line, name.column, name.text.trim());
    slip.projects[slip.length] = p;
    slip.points[slip.length++] = points[i] ?? 0;
  });
}

function readPoints(report: Report, desk: Desk, field: Field | undefined, count: number, line: number): number[] {
  const texts = splitList(field);
  if (count > 0 && texts.length === 0) report('points-missing', line, field?.column ?? 1);
  else if (texts.length !== count)
    report('points-count', line, field?.column ?? 1, String(count), String(texts.length));
  const read = texts.map((text) => ({ text, value: parseDecimal(trimmed(report, text, line)) }));
  const scale = read.reduce((most, { value }) => Math.max(most, value?.scale ?? 0), desk.book.pointScale());
  const isWide = scale <= POINT_DIGITS && desk.book.widenPoints(scale);
  return read.map(({ text, value }) => {
    const units = value === null || !isWide ? null : exactPoints(value, scale);
    if (units === null) report('points-number', line, text.column, text.text);
    return units ?? 0;
  });
}

/** The parts of a comma-separated list with their columns; none for an empty field. */
function splitList(field: Field | undefined): Field[] {
  if (field === undefined || field.text.trim() === '') return [];
  let column = field.column;
  return field.text.split(',').map((text) => {
    const part = { text, column };
    column += text.length + 1;
    return part;
  });
}

function reportCounts(report: Report, meta: Meta, projects: Projects, voters: number): void {
  const compare = (code: 'projects-count' | 'votes-count', key: string, found: number): void => {
    const said = meta.values.get(key);
    const place = meta.place(key);
    if (said !== undefined && said !== String(found)) report(code, place.line, place.column, String(found), said);
  };
  compare('projects-count', 'num_projects', projects.rows.length);
  compare('votes-count', 'num_votes', voters);
}

/** What the column `selected` says was funded, against the budget. */
function reportSelected(report: Report, projects: Projects, settled: Desk['settled']): void {
  const cost = settled.projects.reduce(
    (sum, project, p) => (projects.rows[p]!.columns.get('selected')?.trim() === '1' ? sum + project.cost : sum),
    0n
  );
  const text = (units: bigint): string => decimalFromScale(units, settled.moneyScale);
  if (cost > settled.budget) report('selected-over-budget', 0, 0, text(cost), text(settled.budget));
}

/** The columns `votes` and `score` of the projects, where the file has them, against the ballots. */
function reportColumnCounts(report: Report, projects: Projects, election: Election): void {
  const { ballots } = election;
  const votes = new Float64Array(election.projects.length);
  const score = new Float64Array(election.projects.length);
  for (let g = 0; g < ballots.groups; g++) {
    for (let i = ballots.start[g]!; i < ballots.start[g + 1]!; i++) {
      votes[ballots.project[i]!]! += ballots.weight[g]!;
      if (ballots.points !== null) score[ballots.project[i]!]! += ballots.weight[g]! * ballots.points[i]!;
    }
  }
  projects.rows.forEach((row, p) => {
    differs(
      report,
      'project-votes-count',
      row.columns.get('votes'),
      { digits: BigInt(votes[p]!), scale: 0 },
      row.line,
      row.id
    );
    if (ballots.points !== null && score[p]! < Number.MAX_SAFE_INTEGER)
      differs(
        report,
        'project-score-count',
        row.columns.get('score'),
        { digits: BigInt(score[p]!), scale: ballots.pointScale },
        row.line,
        row.id
      );
  });
}

function differs(
  report: Report,
  code: 'project-votes-count' | 'project-score-count',
  said: string | undefined,
  found: Decimal,
  line: number,
  id: string
): void {
  const read = said === undefined || said.trim() === '' ? null : parseDecimal(said.trim());
  if (read === null) return;
  const scale = Math.max(read.scale, found.scale);
  if (atScale(read, scale) !== atScale(found, scale))
    report(code, line, 1, decimalFromScale(found.digits, found.scale), said!.trim(), id);
}
