import { describe, expect, test } from 'vitest';
import { runCommand } from './run.ts';

const FILE = `META
key;value
description;Small
country;France
unit;X
instance;2026
num_projects;2
num_votes;3
budget;60
vote_type;approval
rule;equalshares
date_begin;2026
date_end;2026
currency;EUR
PROJECTS
project_id;cost;name
1;30;Trees
2;40;Bench
VOTES
voter_id;vote
1;1
2;1,2
3;2
`;

/** Runs a command on files held in memory. */
async function run(
  args: string[],
  files: Record<string, string> = { 'a.pb': FILE }
): Promise<{ code: number; out: string; err: string; written: Record<string, string> }> {
  const said = { out: '', err: '', written: {} as Record<string, string> };
  const code = await runCommand(args, {
    read: async function* (path) {
      const text = files[path];
      if (text === undefined) throw Object.assign(new Error(`ENOENT: no such file: ${path}`), { code: 'ENOENT', path });
      yield new TextEncoder().encode(text);
    },
    write: async (path, text) => void (said.written[path] = text),
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text)
  });
  return { code, ...said };
}

describe('the command line', () => {
  test('outcome gives the selected projects as JSON', async () => {
    const { code, out } = await run(['outcome', 'a.pb', '--rule', 'mes_cost', '--completion', 'add1', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ key: 'mes_cost|add1|lex', selected: ['1'], endowment: '27', steps: 7 });
  });

  test('outcome --all gives every key that suits the ballots', async () => {
    const { out } = await run(['outcome', 'a.pb', '--all', '--json']);
    const results = (JSON.parse(out) as { results: Record<string, unknown> }).results;
    expect(Object.keys(results)).toHaveLength(40);
    expect(Object.keys(results)).toEqual(
      expect.arrayContaining(['mes_cost|none|lex', 'mes_card|add1ei+util|rec', 'greedy_card|rec', 'phragmen_skip|lex'])
    );
  });

  test('an outcome it gives is one it verifies, and a changed one is not', async () => {
    const { out } = await run(['outcome', 'a.pb', '--all', '--json']);
    expect((await run(['verify', 'a.pb', 'o.json'], { 'a.pb': FILE, 'o.json': out })).code).toBe(0);
    const changed = JSON.stringify({ selected: ['1', '2'] });
    expect(await run(['verify', 'a.pb', 'o.json'], { 'a.pb': FILE, 'o.json': changed })).toMatchObject({ code: 1 });
  });

  test('prices are those of an equal share at least, and without a greedy step they pay for everything', async () => {
    const claim = (selected: string[], endowment: string, completion: string) =>
      JSON.stringify({ key: `mes_cost|${completion}|lex`, selected, order: selected, endowment });
    const said = async (outcome: string, file = FILE) =>
      (await run(['verify', 'a.pb', 'o.json'], { 'a.pb': file, 'o.json': outcome })).out;
    expect(await said(claim(['1'], '20', 'none'))).toContain('priceable: holds (1 projects are paid for in full');
    expect(await said(claim(['1'], '1', 'none'))).toContain('priceable: fails (1 for each voter is less than an equal');
    const dear = FILE.replace('2;40', '2;50').replace('1;30', '1;55');
    expect(await said(claim(['2'], '20', 'none'), dear)).toContain(
      'priceable: fails (the supporters do not hold enough to pay for 2)'
    );
    expect(await said(claim(['2'], '20', 'util'), dear)).toContain('priceable: holds');
  });

  test('a project is explained in the language asked for', async () => {
    const { out } = await run(['outcome', 'a.pb', '--explain', '2', '--lang', 'fr']);
    expect(out).toContain('« Bench » coûte 40 EUR.');
  });

  test('the whole count is told in sentences or as data, the last step apart', async () => {
    const args = ['outcome', 'a.pb', '--completion', 'add1', '--trace'];
    const { out } = await run([...args, '--lang', 'fr']);
    expect(out.split('\n')).toEqual([
      expect.stringContaining('« Trees » (30 EUR) a été acheté au tour 1'),
      'Pour mieux employer le budget, on a ajouté 1 EUR à chaque part 7 fois. Une fois de plus, avec 28 EUR chacun, les achats, avec « Bench », dépasseraient le budget d’au moins 10 EUR : on s’arrête là.',
      '« Bench » coûte 40 EUR et n’a pas été acheté : à la fin, les personnes qui le soutiennent détenaient 39 EUR.',
      ''
    ]);
    expect(JSON.parse((await run([...args, '--json'])).out)).toMatchObject({
      ending: { steps: 7, reason: 'overspend', next: { share: '28', over: '10', gained: ['2'] } }
    });
  });

  test('an explicit order of ties is respected', async () => {
    const level = FILE.replace('2;40', '2;30').replace('budget;60', 'budget;31');
    expect(
      JSON.parse(
        (await run(['outcome', 'a.pb', '--rule', 'greedy_cost', '--tie', 'order:2,1', '--json'], { 'a.pb': level })).out
      )
    ).toMatchObject({ selected: ['2'] });
    expect(
      JSON.parse((await run(['outcome', 'a.pb', '--rule', 'greedy_cost', '--json'], { 'a.pb': level })).out)
    ).toMatchObject({ selected: ['1'] });
  });

  test('check lists every problem with its place and ends with 1', async () => {
    const { code, out } = await run(['check', 'a.pb'], {
      'a.pb': FILE.replace('3;2\n', '3;9\n').replace('num_votes;3', 'num_votes;4')
    });
    expect(code).toBe(1);
    expect(out).toContain('line 23, column 3: error: the ballot names a project that does not exist: "9"');
    expect(out).toContain('line 8, column 11: error: num_votes says 4, the file holds 3 ballots');
    expect((await run(['check', 'a.pb'])).code).toBe(0);
  });

  test('chart writes a drawing', async () => {
    const { written } = await run(['chart', 'a.pb', '-o', 'o.svg']);
    expect(written['o.svg']).toMatch(/^<svg [^]*<\/svg>\n$/);
  });

  test.each([[['help']], [['--help']], [['-h']]])('help is no mistake: %j', async (args) => {
    const { code, out, err } = await run(args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('equal-shares verify FILE.pb OUTCOME.json');
  });

  test('a file that is not there is named', async () => {
    expect((await run(['check', 'b.pb'])).err).toBe('there is no such file: b.pb\n');
  });

  test.each([
    [[]],
    [['outcome']],
    [['dance', 'a.pb']],
    [['outcome', 'a.pb', '--rule', 'x']],
    [['outcome', 'b.pb']],
    [['outcome', 'a.pb', '--explain', '77']],
    [['outcome', 'a.pb', '--rule', 'mes_borda']]
  ])('bad use ends with 2 and says why: %j', async (args) => {
    const { code, err } = await run(args);
    expect(code).toBe(2);
    expect(err).not.toBe('');
  });
});
