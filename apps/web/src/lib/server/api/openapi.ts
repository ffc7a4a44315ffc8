import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { z } from 'zod';
import { PROBLEMS } from './problems.ts';
import * as schemas from './schemas.ts';

/** The OpenAPI 3.1 document of the interface, made from the schemas that read requests and type answers. */
export function openApiDocument() {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Terreau: the open interface of territories and their directories',
      version: '1.0.0',
      description: DESCRIPTION,
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' }
    },
    servers: [{ url: '/', description: 'This installation' }],
    paths: PATHS,
    components: { responses: PROBLEM_RESPONSES }
  });
}

const DESCRIPTION = `Everything that is published, nothing else: no account, no key, read from any site.

Lists come in pages: send \`next\` back as \`after\` (the \`Link\` header gives the whole address). Pages without words nor
position follow ids, which never change: whoever reads them all meets each item that stays exactly once.
Answers carry a strong \`ETag\`; send it as \`If-None-Match\` and an unchanged page costs nothing.
Requests are limited per address; \`RateLimit\` says what is left. Problems are RFC 9457 documents.`;

const PROBLEM_RESPONSES = Object.fromEntries(
  [
    ['InvalidParameter', 'invalid-parameter', 'A parameter is to be put right; `errors` names it.'],
    ['NotFound', 'not-found', 'Nothing published has this id.'],
    ['NotAcceptable', 'not-acceptable', 'None of the media types of this address was accepted.'],
    ['TooManyRequests', 'too-many-requests', 'Wait for the seconds that `Retry-After` says.']
  ].map(([name, code, description]) => [
    name!,
    {
      description: `${PROBLEMS[code as keyof typeof PROBLEMS].status}. ${description}`,
      content: { 'application/problem+json': { schema: schemas.ProblemDocument } }
    }
  ])
);

type Content = Readonly<Record<string, z.ZodType>>;

const PATHS: ZodOpenApiPathsObject = {
  '/api/v1/territories': {
    get: operation('listTerritories', 'The open territories, by address', schemas.territoriesQuery, {
      'application/json': schemas.TerritoryPage
    })
  },
  '/api/v1/organizations': {
    get: operation(
      'listOrganizations',
      'Organisations: all, searched, or near a position',
      schemas.organizationsQuery,
      {
        'application/json': schemas.OrganizationPage,
        'application/geo+json': schemas.OrganizationFeatures
      }
    )
  },
  '/api/v1/organizations/{id}': {
    get: {
      ...operation('findOrganization', 'An organisation with its places, services, needs and offers', undefined, {
        'application/json': schemas.OrganizationSheet,
        'application/geo+json': schemas.OrganizationFeature
      }),
      requestParams: { path: z.object({ id: z.uuid() }) },
      responses: {
        ...responses({
          'application/json': schemas.OrganizationSheet,
          'application/geo+json': schemas.OrganizationFeature
        }),
        '308': {
          description: 'The sheet was merged into another one: follow `Location`.',
          headers: z.object({ location: z.string() })
        },
        '404': { $ref: '#/components/responses/NotFound' }
      }
    }
  },
  '/api/v1/services': {
    get: operation('listServices', 'Services', schemas.partsQuery, { 'application/json': schemas.ServicePage })
  },
  '/api/v1/places': {
    get: operation('listPlaces', 'Places', schemas.partsQuery, {
      'application/json': schemas.PlacePage,
      'application/geo+json': schemas.PlaceFeatures
    })
  },
  '/api/v1/needs': {
    get: operation('listNeeds', 'Live needs', schemas.partsQuery, { 'application/json': schemas.NeedPage })
  },
  '/api/v1/offers': {
    get: operation('listOffers', 'Live offers', schemas.partsQuery, { 'application/json': schemas.OfferPage })
  },
  '/api/v1/supports': {
    get: operation('listSupports', 'What may help: all, or searched', schemas.supportsQuery, {
      'application/json': schemas.SupportPage
    })
  },
  '/api/v1/supports/{id}': {
    get: {
      ...operation('findSupport', 'One sheet of a catalogue', undefined, { 'application/json': schemas.Support }),
      requestParams: { path: z.object({ id: z.uuid() }) },
      responses: {
        ...responses({ 'application/json': schemas.Support }),
        '404': { $ref: '#/components/responses/NotFound' }
      }
    }
  }
};

function operation(
  operationId: string,
  summary: string,
  query: z.ZodObject | undefined,
  content: Content
): ZodOpenApiOperationObject {
  return {
    operationId,
    summary,
    security: [],
    ...(query ? { requestParams: { query } } : {}),
    responses: responses(content)
  };
}

function responses(content: Content): ZodOpenApiOperationObject['responses'] {
  return {
    '200': {
      description: 'Found.',
      headers: z.object({
        etag: z.string().meta({ description: 'Strong.' }),
        link: z.string().optional().meta({ description: 'The page after (`rel="next"`).' }),
        ratelimit: z.string().meta({ description: 'What is left: `"address";r=599;t=60`.' }),
        'ratelimit-policy': z.string().meta({ description: 'The limit: `"address";q=600;w=60`.' })
      }),
      content: Object.fromEntries(Object.entries(content).map(([media, schema]) => [media, { schema }]))
    },
    '304': { description: 'What you hold is still true.' },
    '400': { $ref: '#/components/responses/InvalidParameter' },
    '406': { $ref: '#/components/responses/NotAcceptable' },
    '429': { $ref: '#/components/responses/TooManyRequests' }
  };
}
