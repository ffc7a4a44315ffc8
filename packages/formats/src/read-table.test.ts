import { strToU8, zipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { detectPreset } from './detect.ts';
import { mapTable } from './map-table.ts';
import { generic } from './presets/generic.ts';
import { FILE_MAX_BYTES, readTable, type Table } from './read-table.ts';
import { writeCsv } from './write-csv.ts';
import { writeXlsx } from './write-xlsx.ts';

// Real and large files take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin = (text: string) =>
  Uint8Array.from(text, (letter) => (letter === '’' ? 0x92 : letter === '€' ? 0x80 : letter.charCodeAt(0)));

async function table(bytes: Uint8Array, name = 'fichier.csv', sheet?: string): Promise<Table> {
  const read = await readTable(bytes, name, sheet === undefined ? {} : { sheet });
  if (!read.ok) throw new Error(read.code);
  return read.value;
}

describe('files as people send them', () => {
  test('UTF-8 with or without its mark, cp1252, UTF-16 and mixed lines give the same words', async () => {
    const text = 'Nom;Ville\nL’été à 3 €;Sète\n';
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...new Uint8Array(Uint16Array.from(text, (letter) => letter.charCodeAt(0)).buffer)
    ]);
    for (const [bytes, encoding] of [
      [utf8(text), 'utf-8'],
      [utf8(`\ufeff${text}`), 'utf-8-bom'],
      [latin(text), 'windows-1252'],
      [utf16, 'utf-16']
    ] as const) {
      const read = await table(bytes);
      expect(read).toMatchObject({ encoding, columns: ['Nom', 'Ville'] });
      expect(read.rows).toEqual([{ row: 2, cells: ['L’été à 3 €', 'Sète'] }]);
    }
    const mixed = await table(new Uint8Array([...utf8('Nom;Ville\nété;Sète\n'), ...latin('été;Sète\n')]));
    expect(mixed.encoding).toBe('mixed');
    expect(mixed.rows.map((row) => row.cells)).toEqual([
      ['été', 'Sète'],
      ['été', 'Sète']
    ]);
    expect(mixed.warnings).toContainEqual({ code: 'encoding-mixed', detail: '1' });
  });

  test.each([';', ',', '\t', '|'])('the delimiter %j is found, even when cells hold the others', async (delimiter) => {
    const others = [';', ',', '|'].filter((mark) => mark !== delimiter).join('');
    const lines = [
      ['nom', 'adresse', 'ville'],
      ...Array.from({ length: 5 }, (_, index) => [`A${index}`, `"1${others} rue"`, 'Sète'])
    ];
    const read = await table(utf8(lines.map((line) => line.join(delimiter)).join('\n')));
    expect(read.delimiter).toBe(delimiter);
    expect(read.rows[4]!.cells).toEqual(['A4', `1${others} rue`, 'Sète']);
  });

  test('quoted line breaks, doubled quotes and all kinds of line ends keep rows whole', async () => {
    const read = await table(utf8('nom;note\r\n"Le ""Foyer""";"ligne 1\nligne 2"\nB;b\rC;c'));
    expect(read.rows).toEqual([
      { row: 2, cells: ['Le "Foyer"', 'ligne 1\nligne 2'] },
      { row: 3, cells: ['B', 'b'] },
      { row: 4, cells: ['C', 'c'] }
    ]);
  });

  test('a quote that is never closed does not swallow the file', async () => {
    const lines = Array.from({ length: 400 }, (_, index) => `Asso ${index};Sète`);
    const read = await table(utf8(`nom;ville\n"Le Foyer;Sète\n${lines.join('\n')}`));
    expect(read.rows).toHaveLength(401);
    expect(read.warnings.map((warning) => warning.code)).toContain('quotes-unbalanced');
  });

  test('repeated and empty headers are renamed and said, ragged and blank rows are levelled and said', async () => {
    const read = await table(utf8('nom;tel;tel;\nA;1;2;3\n\nB;1\nC;1;2;3\n'));
    expect(read.columns).toEqual(['nom', 'tel', 'tel (2)', 'Colonne 4']);
    expect(read.rows).toEqual([
      { row: 2, cells: ['A', '1', '2', '3'] },
      { row: 4, cells: ['B', '1', '', ''] },
      { row: 5, cells: ['C', '1', '2', '3'] }
    ]);
    expect(read.warnings.map(({ code, detail }) => `${code} ${detail}`)).toEqual(
      expect.arrayContaining(['header-repeated tel', 'header-empty 4', 'rows-ragged 1'])
    );
  });

  test('titles above the header are passed over, and rows keep the numbers that a person sees', async () => {
    const read = await table(
      utf8('Liste des associations;;\nMise à jour : 2024;;\n;;\nnom;ville;tel\nA;Sète;1\nB;Agde;2\n')
    );
    expect(read.columns).toEqual(['nom', 'ville', 'tel']);
    expect(read.rows.map((row) => row.row)).toEqual([5, 6]);
    expect(read.warnings).toContainEqual({ code: 'header-not-first', detail: '4' });
  });

  test('a file without a single separator is a list of one column', async () => {
    expect(await table(utf8('nom\nLe Foyer\nLa Ruche\n'))).toMatchObject({
      columns: ['nom'],
      rows: [{ row: 2 }, { row: 3 }]
    });
  });

  test('JSON lists, JSON objects that hold lists, and GeoJSON are recognised whatever their name', async () => {
    const list = await table(
      utf8('[{"nom":"A","lieu":{"ville":"Sète"},"themes":["x","y"]},{"nom":"B"}]'),
      'export.csv'
    );
    expect(list).toMatchObject({ format: 'json', columns: ['nom', 'lieu.ville', 'themes'] });
    expect(list.rows.map((row) => row.cells)).toEqual([
      ['A', 'Sète', 'x;y'],
      ['B', '', '']
    ]);
    const both = utf8('{"structures":[{"id":"1"}],"services":[{"id":"2"},{"id":"3"}]}');
    expect(await table(both, 'a.json')).toMatchObject({
      sheet: 'structures',
      sheets: [{ name: 'structures' }, { name: 'services' }]
    });
    expect((await table(both, 'a.json', 'services')).rows).toHaveLength(2);
    const features = {
      type: 'FeatureCollection',
      crs: { type: 'name', properties: { name: 'EPSG:2154' } },
      features: [
        {
          type: 'Feature',
          properties: { nom: 'Asso A' },
          geometry: { type: 'Point', coordinates: [770_000, 6_279_000] }
        }
      ]
    };
    const geo = await table(utf8(JSON.stringify(features)), 'a.geojson');
    expect(geo).toMatchObject({ format: 'geojson', columns: ['nom', '@longitude', '@latitude'] });
    const place = mapTable(geo, generic).rows[0]!.record!.places[0]!;
    expect(place.latitude).toBeCloseTo(43.6066, 4);
    expect(place.longitude).toBeCloseTo(3.8668, 4);
  });

  test('xlsx: dates, whole numbers, hidden and chosen sheets', async () => {
    const bytes = await writeXlsx('Annuaire', ['nom', 'siret'], [['Le Foyer', '82917522300033']]);
    const read = await table(bytes, 'a.bin');
    expect(read).toMatchObject({
      format: 'xlsx',
      sheet: 'Annuaire',
      columns: ['nom', 'siret'],
      rows: [{ row: 2, cells: ['Le Foyer', '82917522300033'] }]
    });
    expect(await readTable(bytes, 'a.xlsx', { sheet: 'Autre' })).toMatchObject({ ok: false, code: 'sheet-not-found' });
  });

  test('xlsx: control characters and the format’s own escapes come back as they were', async () => {
    const odd = ['a\u0007b', '_x0041_', 'constructor', 'a\u000bb\nc', '=1+1'];
    const read = await table(
      await writeXlsx(
        'A',
        ['n', 'texte'],
        odd.map((text, index) => [`n${index}`, text])
      )
    );
    expect(read.rows.map((row) => row.cells[1])).toEqual(odd);
  });

  test('ods: repeated cells and rows are laid out, stored values win over shown ones', async () => {
    const read = await table(
      anOds(
        '<table:table-row><table:table-cell><text:p>nom</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"><text:p>n</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell><text:p>Le</text:p><text:p>Foyer</text:p></table:table-cell><table:table-cell office:value="1234.5"><text:p>1 234,50</text:p></table:table-cell><table:table-cell office:date-value="2026-02-23"><text:p>lundi</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
      )
    );
    expect(read.columns).toEqual(['nom', 'n', 'n (2)']);
    expect(read.rows).toEqual([2, 3].map((row) => ({ row, cells: ['Le\nFoyer', '1234.5', '2026-02-23'] })));
  });
});

describe('files that must not pass', () => {
  test('each is refused with its reason', async () => {
    const cases: [string, Uint8Array, string][] = [
      ['empty', new Uint8Array(), 'file-empty'],
      ['blank', utf8(' \n \n'), 'file-empty'],
      [
        'old Excel',
        new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0, 0]),
        'format-xls-save-as-xlsx'
      ],
      ['picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), 'format-unknown'],
      ['web page', utf8('<!doctype html><p>a;b'), 'format-unknown'],
      ['broken JSON', utf8('[{"nom":'), 'file-unreadable'],
      ['list of numbers', utf8('[1,2,3]'), 'format-unknown'],
      ['other archive', zipSync({ 'a.txt': strToU8('x') }), 'format-unknown'],
      ['cut archive', zipSync({ 'xl/workbook.xml': strToU8('x'.repeat(999)) }).subarray(0, 60), 'file-unreadable'],
      ['deep JSON', utf8(`[${'{"a":'.repeat(20)}1${'}'.repeat(20)}]`), 'nesting-too-deep'],
      ['endless cell', utf8(`nom;b\n${'x'.repeat(60_000)};1`), 'cell-too-long'],
      [
        'too many columns',
        utf8(`${Array.from({ length: 600 }, (_, index) => `c${index}`).join(';')}\n1`),
        'columns-too-many'
      ],
      ['too many bytes', new Uint8Array(FILE_MAX_BYTES + 1), 'file-too-large']
    ];
    for (const [what, bytes, code] of cases) {
      const read = await readTable(bytes, 'fichier.json');
      expect([what, read.ok ? 'accepted' : read.code]).toEqual([what, code]);
    }
  });

  test('bombs are refused before they expand', async () => {
    const zeros = new Uint8Array(60_000_000).fill(0x20);
    const bomb = zipSync({ 'xl/workbook.xml': zeros, '[Content_Types].xml': strToU8('x') }, { level: 9 });
    expect(bomb.length).toBeLessThan(200_000);
    expect(await readTable(bomb, 'a.xlsx')).toMatchObject({ ok: false, code: 'archive-too-large' });
    const farCell = zipSync({
      'xl/workbook.xml': strToU8('<workbook><sheets><sheet name="A"/></sheets></workbook>'),
      'xl/worksheets/sheet1.xml': strToU8(
        '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
      )
    });
    expect(await readTable(farCell, 'a.xlsx')).toMatchObject({ ok: false, code: 'rows-too-many' });
    const repeated = anOds(
      '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="400"><text:p>x</text:p></table:table-cell></table:table-row>'
    );
    expect(await readTable(repeated, 'a.ods')).toMatchObject({ ok: false, code: 'rows-too-many' });
    const entities = anOds(
      '<table:table-row><table:table-cell><text:p>&lol;</text:p></table:table-cell></table:table-row>',
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY lol "&a;&a;&a;">]>'
    );
    expect(await readTable(entities, 'a.ods')).toMatchObject({ ok: false, code: 'file-unreadable' });
  });

  test('any bytes at all are read or refused, never a crash', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom('a.csv', 'a.json', 'a.xlsx'),
        async (bytes, name) => {
          const read = await readTable(bytes, name);
          if (read.ok) for (const row of read.value.rows) expect(row.cells).toHaveLength(read.value.columns.length);
        }
      )
    );
  });
});

test('any table written as CSV is read back cell for cell, formulas included', async () => {
  const cell = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom('=1+1', '+33', '-5', '-x', '@a', "'=1", "''=1", 'a;b', 'a"b', 'a\nb', '\tx', ' x ')
  );
  const lines = fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(lines, async (body) => {
      const clean = body.map((line) => line.map((text) => text.replace(/\r/g, '')));
      const csv = writeCsv(['a', 'b', 'c'], clean);
      // Nothing that a spreadsheet would run begins a cell.
      for (const line of clean)
        for (const text of line)
          if (/^[=@+]/.test(text)) expect(csv).not.toMatch(new RegExp(`(?:^|[;\\n"])${escaped(text)}`));
      const read = await table(utf8(csv));
      expect(read.rows.map((row) => row.cells)).toEqual(clean);
    }),
    { numRuns: 200 }
  );
});

test('a column that nobody knows does not hide the preset of a file', async () => {
  const read = await table(
    utf8('NomAsso,Domaine,Sous-Domaine,Sigle,Adresse,Code_Postal,Autre\nA,SPORT,JUDO,A,1 rue,34000,x\n')
  );
  expect(detectPreset(read)).toMatchObject({ preset: { name: 'city-associations' }, percent: 100 });
});

function anOds(rows: string, doctype = ''): Uint8Array {
  const content = `<?xml version="1.0"?>${doctype}<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="Feuille1">${rows}</table:table></office:spreadsheet></office:body></office:document-content>`;
  return zipSync({
    mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet'),
    'content.xml': strToU8(content)
  });
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
