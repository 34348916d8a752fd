import { commonSchemas } from './common-schemas.ts'
import { deliveryPaths, deliverySchemas } from './deliveries.ts'
import { eventPaths, eventSchemas } from './events.ts'
import type { OpenApiDocument } from './open-api.ts'
import { publicRecordPaths, publicRecordSchemas } from './public-records.ts'

/** The public API. What stands here is stable: it changes only with a new version in the path. */
export function describeApi(origin: string): OpenApiDocument {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Testamur',
      version: '1',
      description:
        'The record office of a certification program. Dates are YYYY-MM-DD in the program’s zone, instants RFC 3339 in UTC.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: origin }],
    tags: [
      { name: 'Records', description: 'What anyone may check, without an account.' },
      {
        name: 'Deliveries',
        description: 'What the test vendor sends, with the feed’s token, or signed with its secret.',
      },
      { name: 'Description', description: 'This document.' },
    ],
    paths: {
      ...publicRecordPaths,
      ...deliveryPaths,
      ...eventPaths,
      '/api/v1/openapi.json': {
        get: {
          operationId: 'getDescription',
          summary: 'This description',
          tags: ['Description'],
          responses: {
            200: {
              description: 'OpenAPI 3.1.',
              content: { 'application/json': { schema: { type: 'object' } } },
            },
          },
        },
      },
    },
    components: {
      schemas: { ...commonSchemas, ...publicRecordSchemas, ...deliverySchemas, ...eventSchemas },
      securitySchemes: {
        feedToken: {
          type: 'http',
          scheme: 'bearer',
          description: 'The token of the feed, or the deployment’s FEED_TOKEN.',
        },
      },
    },
  }
}
