import { unknownAddress } from '#lib/server/api/endpoint.ts';

export const fallback = unknownAddress;
