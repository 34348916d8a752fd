import { deliveryOutcomes, grades, validities } from '../schema.ts'
import { count, text } from './common-schemas.ts'
import { pathText, TAGS } from './deliveries.ts'
import { json, object, type Parameter, type PathItem, refusal, type Schema } from './open-api.ts'

const signed = (name: string, description: string): Parameter => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: text,
})

const anEvent = { $ref: '#/components/schemas/Event' } as const

const path: PathItem = {
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

export const eventPaths: Record<string, PathItem> = { '/api/v1/feeds/{feed}/events': path }

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

export const eventSchemas = {
  Event: event,
  EventReceipt: object({ accepted: count, known: count }),
} satisfies Record<string, Schema>
