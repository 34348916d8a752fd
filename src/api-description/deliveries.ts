import { count, instant, text } from './common-schemas.ts'
import { json, object, type Parameter, type PathItem, refusal, type Schema } from './open-api.ts'

export const TAGS = ['Deliveries']
const BEARER = [{ feedToken: [] }]
const UNAUTHORIZED = refusal('No token, or a wrong one.')

export const pathText = (name: string, description: string): Parameter => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: text,
})

const file = { schema: { type: 'string', format: 'binary' } } as const

export const deliveryPaths: Record<string, PathItem> = {
  '/api/v1/feeds/{feed}/deliveries/{name}': {
    put: {
      operationId: 'deliverFile',
      summary: 'Deliver a file to a feed',
      description: 'The same bytes are one delivery, however often and under whichever name they are sent.',
      tags: TAGS,
      security: BEARER,
      parameters: [pathText('feed', 'The configured source.'), pathText('name', 'The file’s name.')],
      requestBody: {
        required: true,
        description: 'A ZIP or a bare table, at most 100 MB.',
        content: {
          'application/zip': file,
          'application/octet-stream': file,
          'text/tab-separated-values': file,
          'text/csv': file,
          'text/plain': file,
        },
      },
      responses: {
        200: json('These bytes had been received before.', { $ref: '#/components/schemas/Receipt' }),
        201: json('Received; the import begins.', { $ref: '#/components/schemas/Receipt' }),
        400: refusal('The name is not one, or the body is empty or not as long as said.'),
        401: UNAUTHORIZED,
        404: refusal('There is no such feed.'),
        411: refusal('The length of the body is not said.'),
        413: refusal('More than 100 MB.'),
        415: refusal('Not one of the types above.'),
        429: refusal('Too many requests in a minute.'),
      },
    },
  },
  '/api/v1/feeds/{feed}/deliveries': {
    get: {
      operationId: 'listDeliveries',
      summary: 'The newest deliveries of a feed by the vendor’s clock, at most 100',
      tags: TAGS,
      security: BEARER,
      parameters: [pathText('feed', 'The configured source.')],
      responses: {
        200: json('The deliveries, the newest first.', { $ref: '#/components/schemas/DeliveryList' }),
        401: UNAUTHORIZED,
        404: refusal('There is no such feed.'),
        429: refusal('Too many requests in a minute.'),
      },
    },
  },
  '/api/v1/deliveries/{id}': {
    get: {
      operationId: 'getDelivery',
      summary: 'How far a delivery has come, and what is wrong in it',
      tags: TAGS,
      security: BEARER,
      parameters: [
        pathText('id', 'From the receipt.'),
        {
          name: 'page',
          in: 'query',
          required: false,
          description: 'Which page of the problems.',
          schema: { type: 'integer', minimum: 1 },
        },
      ],
      responses: {
        200: json('The delivery as of now.', { $ref: '#/components/schemas/Delivery' }),
        400: refusal('The page is not a number from 1 on.'),
        401: UNAUTHORIZED,
        404: refusal('There is no such delivery.'),
        429: refusal('Too many requests in a minute.'),
      },
    },
  },
}

const receipt = { id: text, sha256: text, bytes: count, receivedAt: instant }

const summary = {
  ...receipt,
  feed: text,
  name: text,
  state: {
    type: 'string',
    enum: ['received', 'importing', 'imported', 'needs_review', 'failed'],
    description: 'Of one that failed as a whole, "failure" says why, in words.',
  },
  counts: object({
    read: count,
    new: count,
    changed: count,
    unchanged: count,
    superseded: count,
    quarantined: count,
    skipped: count,
  }),
} as const

export const deliverySchemas = {
  Receipt: object(receipt),
  DeliveryList: object({ deliveries: { type: 'array', items: object(summary) } }),
  Delivery: object({
    ...summary,
    problems: {
      type: 'array',
      description: 'One page of the rows that were kept aside.',
      items: object({ member: text, line: count, reason: text, message: text }),
    },
    next: { type: ['string', 'null'], description: 'Where the next page of problems is.' },
  }),
} satisfies Record<string, Schema>
