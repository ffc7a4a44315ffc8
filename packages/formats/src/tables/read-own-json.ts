import { blankOrganization, blankPlace, blankPost, blankService } from '../directory-record.ts';
import { NUMBER_PROPERTIES, tabularLines } from '../tabular-export.ts';
import { OWN_JSON_FORMAT, OWN_JSON_VERSION } from '../write-json.ts';
import { isObject, listOf } from './json-values.ts';

/** Whether a JSON document says that it is our own export, whatever its version. */
export function claimsOwnJson(root: unknown): boolean {
  return isObject(root) && root['format'] === OWN_JSON_FORMAT;
}

/** Whether a JSON document is our own export, in a version that this program knows. */
export function isOwnJson(root: unknown): root is { readonly records: readonly unknown[] } {
  return (
    isObject(root) &&
    root['format'] === OWN_JSON_FORMAT &&
    root['version'] === OWN_JSON_VERSION &&
    Array.isArray(root['records'])
  );
}

/**
 * The lines that our CSV would have for the same export, so that one reading serves both: what is refused there is
 * refused here. An entry without an organisation keeps a line, so that it is accounted for.
 */
export function ownJsonLines(root: { readonly records: readonly unknown[] }): string[][] {
  const records = root.records.map((entry) => {
    const record = isObject(entry) ? entry : {};
    const organization = like(blankOrganization(''), record['organization']);
    return {
      organization: { ...organization, id: organization.id ?? '' },
      places: listOf(record['places']).map((place) => like(blankPlace(''), place)),
      services: listOf(record['services']).map((service) => like(blankService('', ''), service)),
      posts: listOf(record['posts']).map((post) => like(blankPost(''), post))
    };
  });
  return tabularLines({ records });
}

/** The known properties of `value`, each only if of its kind; the rest as in `blank`. */
function like<Shape extends object>(blank: Shape, value: unknown): Shape {
  if (!isObject(value)) return blank;
  const shape = { ...blank } as Record<string, unknown>;
  for (const [property, initial] of Object.entries(blank)) {
    const given = value[property];
    if (property === 'kind' && initial === 'organization') continue;
    if (Array.isArray(initial)) shape[property] = listOf(given).filter((item) => typeof item === 'string');
    else if (NUMBER_PROPERTIES.has(property))
      shape[property] = typeof given === 'number' && Number.isFinite(given) ? given : null;
    else if (typeof given === 'string') shape[property] = given;
  }
  return shape as Shape;
}
