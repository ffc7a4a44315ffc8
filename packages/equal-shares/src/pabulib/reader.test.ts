import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkPabulib, createPabulibReader, readPabulib } from './reader.ts';
import { PabulibError, problemText, type ProblemCode } from './problems.ts';
import { RECORD_BYTES } from './records.ts';
import { writePabulib } from './writer.ts';

const META = `META
key;value
description;A small vote
country;France
unit;Somewhere
instance;2026
num_projects;3
num_votes;3
budget;100
vote_type;approval
rule;equalshares
date_begin;2026
date_end;2026
`;
const PROJECTS = `PROJECTS
project_id;cost;name
1;50;Trees
2;60;A bench
3;70.5;Lights
`;
const VOTES = `VOTES
voter_id;vote
a;1,2
b;2
c;
`;
const FILE = META + PROJECTS + VOTES;

/** What `check` says of a file: codes with line and column. */
const codes = (text: string): string[] => checkPabulib(text).problems.map((p) => `${p.code} ${p.line}:${p.column}`);
const only = (text: string, code: ProblemCode): string[] => codes(text).filter((c) => c.startsWith(`${code} `));

describe('a sound file', () => {
  test('reads its projects, budget and ballots exactly', () => {
    const { election, problems } = readPabulib(FILE);
    expect(problems).toEqual([]);
    expect(election.budget).toBe(1000n);
    expect(election.moneyScale).toBe(1);
    expect(election.projects.map((p) => [p.id, p.cost])).toEqual([
      ['1', 500n],
      ['2', 600n],
      ['3', 705n]
    ]);
    expect(election.ballots.groupOf.length).toBe(3);
  });

  test('reads the same with CRLF, with a byte order mark, without a last line break and in single bytes', () => {
    const plain = readPabulib(FILE).election;
    for (const text of [FILE.replaceAll('\n', '\r\n'), `\ufeff${FILE}`, FILE.slice(0, -1)])
      expect(readPabulib(text).election).toEqual(plain);
    const reader = createPabulibReader();
    for (const byte of new TextEncoder().encode(`\ufeff${FILE}`)) reader.push(Uint8Array.of(byte));
    expect(reader.end().election).toEqual(plain);
  });

  test('keeps semicolons, quotes and line breaks inside quoted names', () => {
    const file = readPabulib(FILE.replace('Trees', '"Trees; ""old"" and\nnew"'));
    expect(file.election.projects[0]!.name).toBe('Trees; "old" and\nnew');
  });

  test('accepts columns and keys in another order, and extra columns', () => {
    const text =
      META +
      'PROJECTS\nname;cost;colour;project_id\nTrees;50;green;1\nA bench;60;;2\nLights;70.5;;3\n' +
      'VOTES\nvote;voter_id\n1,2;a\n2;b\n;c\n';
    expect(readPabulib(text).election.ballots).toEqual(readPabulib(FILE).election.ballots);
  });

  test('counts a project named twice in one ballot once, and says so', () => {
    const doubled = FILE.replace('a;1,2', 'a;1,2,1');
    expect(readPabulib(doubled).election.ballots).toEqual(readPabulib(FILE).election.ballots);
    expect(codes(doubled)).toEqual(['project-repeated 21:3']);
  });

  test('written again it reads the same', () => {
    const document = readPabulib(FILE.replace('Trees', '"a;b""c"'), { keepRows: true }).document!;
    const again = readPabulib(writePabulib(document), { keepRows: true }).document;
    expect(again).toEqual(document);
  });

  test('whatever fields hold, writing and reading again changes nothing', () => {
    const field = fc.string({ unit: fc.constantFrom('a', ';', '"', '\n', '\r', ',', ' ', 'é', '1', '') });
    fc.assert(
      fc.property(fc.array(fc.tuple(field, field), { maxLength: 8 }), (rows) => {
        const document = {
          meta: { header: ['key', 'value'], rows: [] },
          projects: { header: ['project_id', 'cost'], rows: [] },
          votes: { header: ['voter_id', 'vote'], rows: rows.map(([a, b]) => [`v${a}`, b]) }
        };
        expect(checkPabulib(writePabulib(document), { keepRows: true }).document).toEqual(document);
      })
    );
  });

  test('separators left over by a spreadsheet at the ends of rows are passed over, with a warning', () => {
    const text = FILE.replace('budget;100', 'budget;100;;').replace('1;50;Trees', '1;50;Trees;').replace('b;2', 'b;2;');
    expect(readPabulib(text).election).toEqual(readPabulib(FILE).election);
    expect(only(text, 'row-trailing')).toEqual(['row-trailing 9:12', 'row-trailing 16:12', 'row-trailing 22:5']);
  });

  test('points may have decimals, and stay exact', () => {
    const text = FILE.replace('approval', 'cumulative').replace(
      VOTES,
      'VOTES\nvoter_id;vote;points\na;1,2;0.1,2\nb;2;3.25\nc;;\n'
    );
    const { ballots } = readPabulib(text).election;
    expect(ballots.pointScale).toBe(2);
    expect(Array.from(ballots.points!)).toEqual([10, 200, 325]);
  });
});

describe('a wrong file', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['an empty file', '', 'file-empty 0:0'],
    ['a missing section', META + VOTES, 'section-missing 0:0'],
    ['a section twice', FILE + VOTES, 'section-twice 24:1'],
    ['sections out of order', META + VOTES + PROJECTS, 'section-order 14:1'],
    ['text before any section', `hello\n${FILE}`, 'outside-section 1:1'],
    ['a missing column', FILE.replace('project_id;cost', 'project_id;price'), 'column-missing 15:1'],
    ['a column twice', FILE.replace('cost;name', 'cost;cost'), 'column-twice 15:17'],
    ['a wrong count of projects', FILE.replace('num_projects;3', 'num_projects;4'), 'projects-count 7:14'],
    ['a wrong count of ballots', FILE.replace('num_votes;3', 'num_votes;4'), 'votes-count 8:11'],
    ['an unknown project in a ballot', FILE.replace('a;1,2', 'a;1,9'), 'project-unknown 21:5'],
    ['a negative cost', FILE.replace('1;50', '1;-50'), 'not-a-number 16:3'],
    ['a cost that is no number', FILE.replace('1;50', '1;dear'), 'not-a-number 16:3'],
    ['a project twice', FILE.replace('2;60', '1;60'), 'project-twice 17:1'],
    ['a voter twice', FILE.replace('b;2', 'a;2'), 'voter-twice 22:1'],
    ['a ballot over its limits', FILE.replace('budget;100', 'budget;100\nmax_length;1'), 'length-limit 22:3'],
    ['an unclosed quote', FILE.replace('Trees', '"Trees'), 'quote-open 16:6'],
    ['a row wider than its header', FILE.replace('b;2', 'b;2;3'), 'row-wide 22:5'],
    ['a missing budget', FILE.replace('budget;100\n', ''), 'key-missing 0:0'],
    ['an unknown vote type', FILE.replace('approval', 'acclamation'), 'vote-type-unknown 10:11'],
    ['a key twice', FILE.replace('unit;', 'country;'), 'key-twice 5:1'],
    ['a choose-1 ballot with two', FILE.replace('approval', 'choose-1'), 'choose-one 21:3'],
    ['points missing', FILE.replace('approval', 'cumulative'), 'column-missing 20:1']
  ];

  test.each(cases)('%s is an error at its place', (_, text, expected) => {
    const file = checkPabulib(text);
    expect(file.problems.filter((p) => p.severity === 'error').map((p) => `${p.code} ${p.line}:${p.column}`)).toContain(
      expected
    );
    expect(() => readPabulib(text)).toThrow(PabulibError);
  });

  test('a large number of votes is read the quick way with the same problems as field by field', () => {
    const wrong = FILE.replace('b;2', '7;2\n7;2\n8;2,2\n9;77');
    const quoted = wrong
      .replace('a;1,2', '"a";"1,2"')
      .replace('7;2\n7;2\n8;2,2\n9;77', '"7";2\n"7";2\n"8";2,2\n"9";77');
    expect(only(wrong, 'voter-twice')).toEqual(['voter-twice 23:1']);
    expect(codes(wrong).map((c) => c.split(':')[0])).toEqual(codes(quoted).map((c) => c.split(':')[0]));
  });

  test('values that the format does not know are warnings, those of voters where that is asked for', () => {
    const text = FILE.replace('budget;100', 'budget;100\ncurrency;XYZ\nexperimental;2')
      .replace('project_id;cost;name', 'project_id;cost;selected')
      .replaceAll(/;(Trees|A bench|Lights)\n/g, ';1\n')
      .replace('voter_id;vote', 'voter_id;vote;age;sex')
      .replace('a;1,2', 'a;1,2;35;X')
      .replace('b;2', 'b;2;old;F')
      .replace('c;', 'c;;;');
    const told = checkPabulib(text, { checkValues: true }).problems.map((p) => problemText(p, 'en'));
    expect(told.filter((sentence) => /value|selected/.test(sentence))).toEqual([
      'warning: the projects marked as selected cost 180.5, the budget is 100',
      'line 10, column 10: warning: currency: "XYZ" is not one of the values the format knows (ISO 4217)',
      'line 11, column 14: warning: experimental: "2" is not one of the values the format knows (1)',
      'line 23, column 10: warning: sex: "X" is not one of the values the format knows (M, F, O)',
      'line 24, column 5: warning: age: "old" is not one of the values the format knows (27, 40-59)'
    ]);
    expect(only(text, 'value-unknown')).toHaveLength(2);
  });

  test('a column or key may be called like a part of the language', () => {
    const text = FILE.replace('voter_id;vote', 'voter_id;vote;__proto__')
      .replace('a;1,2', 'a;1,2;x')
      .replace('budget;100', 'budget;100\nconstructor;x');
    expect(checkPabulib(text, { checkValues: true }).errors).toBe(0);
  });

  test('ballots over their limits and wrong counts are warnings where that is asked for', () => {
    const text = FILE.replace('budget;100', 'budget;100\nmax_length;1').replace('num_votes;3', 'num_votes;5');
    const file = readPabulib(text, { tolerate: ['counts', 'limits'] });
    expect(file.warnings).toBe(2);
    expect(file.election.ballots.groupOf.length).toBe(3);
  });

  test('a line too long for its own good ends the reading with an error, not the memory', () => {
    const file = checkPabulib(FILE + 'd;' + '1,'.repeat(RECORD_BYTES / 2) + '1\n');
    expect(file.problems.map((p) => p.code)).toContain('line-too-long');
  });

  test('a line of a million characters still reads', () => {
    const text = FILE.replace('c;', `c;${'1,'.repeat(500_000)}1`);
    expect(checkPabulib(text).problems.some((p) => p.code === 'project-repeated')).toBe(true);
  });

  test('each problem is told in English and in French, with line, column and what was expected', () => {
    const [problem] = checkPabulib(FILE.replace('approval', 'acclamation')).problems;
    expect(problemText(problem!, 'en')).toBe(
      'line 10, column 11: error: the vote type "acclamation" is unknown; expected approval, choose-1, ordinal, cumulative or scoring'
    );
    expect(problemText(problem!, 'fr')).toContain(
      'ligne 10, colonne 11 : erreur : le type de vote « acclamation » est inconnu'
    );
  });
});
