import { FIELDS, readMapping, type ColumnMapping } from '../../packages/formats/src/fields.ts';
import { BadUse } from './command.ts';
import { readNamedFile } from './files.ts';
import { say } from './words.ts';

/** The mapping that the operator wrote; what is wrong with it is bad use, told in words. */
export async function readMappingFile(path: string): Promise<ColumnMapping> {
  const bytes = await readNamedFile(path);
  if (typeof bytes === 'string') throw new BadUse(say(`The mapping: ${bytes}`, `La correspondance : ${bytes}`));
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new BadUse(say(`The mapping ${path} is not JSON.`, `La correspondance ${path} n’est pas du JSON.`));
  }
  const mapping = readMapping(value);
  if (!mapping)
    throw new BadUse(say(`A mapping looks like ${EXAMPLE}.`, `Une correspondance s’écrit ainsi : ${EXAMPLE}.`));
  const unknown = Object.keys((value as { columns: object }).columns).filter((field) => !(field in FIELDS));
  if (unknown.length > 0) {
    const known = Object.keys(FIELDS).join(', ');
    throw new BadUse(
      say(
        `The mapping names fields that do not exist: ${unknown.join(', ')}. Choose among ${known}.`,
        `La correspondance nomme des champs qui n’existent pas : ${unknown.join(', ')}. Choisissez parmi ${known}.`
      )
    );
  }
  return mapping;
}

const EXAMPLE = '{"columns": {"name": ["Nom"], "postcode": ["CP"]}}';
