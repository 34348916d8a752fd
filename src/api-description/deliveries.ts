import { deliveryOutcomes, grades, validities } from '../schema.ts'
import { count, instant, text } from './common-schemas.ts'
import { json, object, type Parameter, type PathItem, refusal, type Schema } from './open-api.ts'

const TAGS = ['Deliveries']
const BEARER = [{ feedToken: [] }]
const UNAUTHORIZED = refusal('No token, or a wrong one.')

const pathText = (name: string, description: string): Parameter => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: text,
})

const file = { schema: { type: 'string', format: 'binary' } } as const

const signed = (name: string, description: string): Parameter => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: text,
})

const anEvent = { $ref: '#/components/schemas/Event' } as const

const eventPath: PathItem = {
  post: {
    operationId: 'sendEvents',
    summary: 'Tell what happened, the moment it happens',
    description:
      'Events are stored, and imported by the next tick in the order of their own time. One that is sent again does nothing. All of a body is taken, or nothing of it.',
    tags: TAGS,
    parameters: [
      pathText('feed', 'The configured source.'),
      signed('Testamur-Timestamp', 'When it is sent, in seconds since 1970; at most five minutes off.'),
      signed(
        'Testamur-Signature',
        '"v1=" and the hex HMAC-SHA256, under the feed’s secret, of the timestamp, a dot and the body; several are separated by commas.',
      ),
    ],
    requestBody: {
      required: true,
      description:
        'One event or an array of up to 100, at most 256 KB. Booking events of PSI are read as they are.',
      content: { 'application/json': { schema: { anyOf: [anEvent, { type: 'array', items: anEvent }] } } },
    },
    responses: {
      202: json('Stored: how many were new, and how many known.', {
        $ref: '#/components/schemas/EventReceipt',
      }),
      401: refusal('The signature is missing, wrong or too old, or the feed takes no events.'),
      413: refusal('More than 256 KB.'),
      415: refusal('Not JSON by its type.'),
      422: refusal('Something is malformed; "errors" says what and where.'),
      429: refusal('Too many requests in a minute.'),
    },
  },
}

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
  '/api/v1/feeds/{feed}/events': eventPath,
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

/** As of our envelope; which of the optional ones an event needs stands in the README. */
const event: Schema = {
  type: 'object',
  properties: {
    id: { type: 'string', description: 'The vendor’s own, by which it is known again.' },
    type: {
      type: 'string',
      enum: [
        'result-notification',
        'place-hold',
        'release-hold',
        'modify-result-status',
        'revoke-result',
        'unrevoke-result',
        'modify-appointment',
        'cancel-appointment',
      ],
    },
    occurredAt: { type: 'string', format: 'date-time', description: 'RFC 3339 with an offset.' },
    registrationId: text,
    clientCandidateId: text,
    clientAuthorizationId: text,
    examCode: text,
    deliveredAt: { type: 'string', description: 'On the clock of the test centre.' },
    delivery: { type: 'string', enum: deliveryOutcomes },
    grade: { type: 'string', enum: grades },
    validity: { type: 'string', enum: validities },
    score: { type: ['string', 'number'] },
    passingScore: { type: ['string', 'number'] },
    form: text,
    language: text,
    attempt: { type: 'integer', minimum: 1 },
    siteCode: text,
    appointmentAt: { type: 'string', description: 'On the clock of the test centre.' },
    timeZone: text,
  },
  required: ['type', 'occurredAt', 'registrationId'],
}

export const deliverySchemas = {
  Event: event,
  EventReceipt: object({ accepted: count, known: count }),
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
