import { object, type Schema } from './open-api.ts'

export const text: Schema = { type: 'string' }
export const calendarDate: Schema = {
  type: 'string',
  format: 'date',
  description: 'A date in the program’s zone.',
}
export const calendarDateOrNull: Schema = { type: ['string', 'null'], format: 'date' }
export const instant: Schema = { type: 'string', format: 'date-time', description: 'RFC 3339, UTC.' }
export const count: Schema = { type: 'integer', minimum: 0 }

export const commonSchemas = {
  Problem: {
    type: 'object',
    description: 'RFC 9457.',
    properties: {
      type: text,
      title: text,
      status: { type: 'integer' },
      detail: {
        type: 'string',
        description: 'What is wrong with the request, where that is the sender’s to know.',
      },
      errors: {
        type: 'array',
        description: 'What is wrong in the body, and where.',
        items: object({ path: text, message: text }),
      },
    },
    required: ['type', 'title', 'status'],
  },
  Standing: {
    type: 'string',
    enum: ['active', 'expired', 'suspended', 'revoked', 'emeritus'],
    description:
      'How the award stands on the day of the check. Only "active" is valid; an error or no answer is not a standing.',
  },
  Program: object({ name: text }),
  Holder: object({ name: text }, 'Nothing else about the person is ever given.'),
} as const satisfies Record<string, Schema>
