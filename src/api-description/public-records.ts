import { calendarDate, calendarDateOrNull, instant, text } from './common-schemas.ts'
import { json, object, type PathItem, refusal, type Schema } from './open-api.ts'

const TAGS = ['Records']

const standingSince: Schema = {
  type: ['string', 'null'],
  format: 'date',
  description:
    'The day of the revocation or suspension, or since when it is emeritus; null of other standings.',
}
const expiresOn: Schema = {
  ...calendarDateOrNull,
  description: 'The last day on which the award is active; null when it does not expire.',
}
const level: Schema = { type: ['string', 'null'] }

export const publicRecordPaths: Record<string, PathItem> = {
  '/api/v1/transcripts/{token}': {
    get: {
      operationId: 'getTranscript',
      summary: 'A published transcript, as its page /t/{token} shows it',
      tags: TAGS,
      parameters: [
        {
          name: 'token',
          in: 'path',
          required: true,
          description: 'The last part of the link that the holder shared.',
          schema: text,
        },
      ],
      responses: {
        200: json('The transcript as of now.', { $ref: '#/components/schemas/Transcript' }),
        404: refusal('Expired, disabled, unknown and forged links alike.'),
      },
    },
  },
  '/api/v1/certificates/{code}': {
    get: {
      operationId: 'getCertificate',
      summary: 'A certificate by its verification code, as its page /verify/{code} shows it',
      tags: TAGS,
      parameters: [
        {
          name: 'code',
          in: 'path',
          required: true,
          description:
            'The 16 letters and digits printed on the certificate. Case, spaces and hyphens do not matter.',
          schema: text,
        },
      ],
      responses: {
        200: json('The printed facts and their standing as of now.', {
          $ref: '#/components/schemas/Certificate',
        }),
        404: refusal('No certificate has this code.'),
        429: refusal('Too many checks from one network in a minute.'),
      },
    },
  },
}

export const publicRecordSchemas = {
  Transcript: object({
    program: { $ref: '#/components/schemas/Program' },
    checkedAt: instant,
    allActive: {
      type: 'boolean',
      description: 'True when there is a certification and every one is active.',
    },
    holder: { $ref: '#/components/schemas/Holder' },
    remarks: { type: 'string', description: 'The holder’s own words, plain text.' },
    validThrough: {
      type: 'string',
      format: 'date',
      description: 'The last day on which the link works. It says nothing about any certification.',
    },
    certifications: {
      type: 'array',
      items: object({
        code: text,
        name: text,
        level,
        standing: { $ref: '#/components/schemas/Standing' },
        standingSince,
        awardedOn: calendarDate,
        expiresOn,
      }),
    },
  }),
  Certificate: object({
    program: { $ref: '#/components/schemas/Program' },
    checkedAt: instant,
    standing: { $ref: '#/components/schemas/Standing' },
    standingSince,
    holder: { $ref: '#/components/schemas/Holder' },
    certification: object({ code: text, name: text, level }),
    number: { type: 'string', description: 'The certification number.' },
    awardedOn: calendarDate,
    expiresOn,
    verificationCode: { type: 'string', pattern: '^[0-9A-HJKMNP-TV-Z]{16}$' },
    mergedFrom: {
      type: ['string', 'null'],
      description: 'The code that was asked for, where a correction has merged its award into this one.',
    },
  }),
} satisfies Record<string, Schema>
