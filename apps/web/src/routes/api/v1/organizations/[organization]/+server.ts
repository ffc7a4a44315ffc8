import { organizationEndpoint } from '#lib/server/api/endpoints.ts';

/** `[organization]` is its id; a merged one answers with the address of the sheet that stands (308). */
export const { GET, OPTIONS, fallback } = organizationEndpoint;
