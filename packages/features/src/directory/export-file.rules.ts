import { directoryDataInclusion } from '@terreau/formats/data-inclusion';
import type { DirectoryExport } from '@terreau/formats/directory-record';
import { leftOut, type ExchangeFormat, type LeftOutField } from '@terreau/formats/left-out';
import { writeDirectoryCsv } from '@terreau/formats/write-csv';
import { directoryFeatures, writeGeojson } from '@terreau/formats/write-geojson';
import { directoryHsds, writeHsds } from '@terreau/formats/write-hsds';
import { writeDirectoryJson } from '@terreau/formats/write-json';
import { writeDirectoryXlsx } from '@terreau/formats/write-xlsx';

export const EXPORT_FORMATS = ['csv', 'xlsx', 'json', 'geojson', 'data-inclusion', 'hsds'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A file ready to be given: its bytes, what it is, and what it is called. */
export interface ExportedFile {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly extension: string;
  /** What the format has no place for; empty for those that are read back without loss. */
  readonly left: readonly LeftOutField[];
}

export function isExportFormat(text: string | null): text is ExportFormat {
  return (EXPORT_FORMATS as readonly (string | null)[]).includes(text);
}

/** CSV, XLSX and JSON are read back without loss; the others are for other software, and say what they leave out. */
export async function writeExport(format: ExportFormat, data: DirectoryExport): Promise<ExportedFile> {
  const left = isExchange(format) ? leftOut(format, data) : [];
  return { ...(await writeFormat(format, data)), left };
}

function isExchange(format: ExportFormat): format is ExchangeFormat {
  return format === 'geojson' || format === 'data-inclusion' || format === 'hsds';
}

async function writeFormat(format: ExportFormat, data: DirectoryExport): Promise<Omit<ExportedFile, 'left'>> {
  switch (format) {
    case 'csv':
      return text(writeDirectoryCsv(data), 'text/csv; charset=utf-8', 'csv');
    case 'xlsx':
      return {
        bytes: await writeDirectoryXlsx(data),
        contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        extension: 'xlsx'
      };
    case 'json':
      return text(writeDirectoryJson(data), 'application/json', 'json');
    case 'geojson':
      return text(writeGeojson(directoryFeatures(data)), 'application/geo+json', 'geojson');
    case 'data-inclusion': {
      const { structures, services } = directoryDataInclusion(data);
      return text(JSON.stringify({ structures, services }), 'application/json', 'data-inclusion.json');
    }
    case 'hsds':
      return text(writeHsds(directoryHsds(data)), 'application/json', 'hsds.json');
  }
}

function text(content: string, contentType: string, extension: string): Omit<ExportedFile, 'left'> {
  return { bytes: new TextEncoder().encode(content), contentType, extension };
}
