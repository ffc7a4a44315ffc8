import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { openApiDocument } from './openapi.ts';

const document = JSON.parse(JSON.stringify(openApiDocument())) as Record<string, never> & {
  openapi: string;
  paths: Record<string, { get: { parameters?: { name: string; in: string; schema: object }[]; responses: object } }>;
};

test('the document is valid OpenAPI 3.1, and every reference in it leads somewhere', async () => {
  const validator = new Validator();
  expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1]!);
  expect(references.length).toBeGreaterThan(10);
  for (const reference of references) {
    const target = reference
      .split('/')
      .reduce<unknown>((node, step) => (node as Record<string, unknown>)?.[step], document);
    expect(target, reference).toBeTypeOf('object');
  }
});

test('a document that breaks the specification would be seen', async () => {
  const broken = structuredClone(document) as unknown as { info: { version?: string } };
  delete broken.info.version;
  expect((await new Validator().validate(broken)).valid).toBe(false);
});

test('it tells every address and every parameter of the lists of organisations', () => {
  expect(Object.keys(document.paths)).toEqual([
    '/api/v1/territories',
    '/api/v1/organizations',
    '/api/v1/organizations/{id}',
    '/api/v1/services',
    '/api/v1/places',
    '/api/v1/needs',
    '/api/v1/offers',
    '/api/v1/supports',
    '/api/v1/supports/{id}'
  ]);
  const names = document.paths['/api/v1/organizations']!.get.parameters?.map((parameter) => parameter.name);
  expect(names).toEqual(['territory', 'q', 'theme', 'public', 'near', 'radius_km', 'limit', 'after']);
});
