import * as v from 'valibot'
import { optionalPersonName, paragraphs } from '../core/plain-text.ts'
import { nameReasons } from './request.ts'

export const NAME_LIMITS = { givenName: 100, familyName: 100, suffix: 20, nativeName: 200 } as const
export const EXPLANATION_LIMIT = 1000

/** Who has one name only leaves the other empty. */
export const NameChangeForm = v.pipe(
  v.object({
    givenName: optionalPersonName(NAME_LIMITS.givenName, 'requests.name.given.refused'),
    familyName: optionalPersonName(NAME_LIMITS.familyName, 'requests.name.family.refused'),
    suffix: optionalPersonName(NAME_LIMITS.suffix, 'requests.name.suffix.refused'),
    nativeName: optionalPersonName(NAME_LIMITS.nativeName, 'requests.name.native.refused'),
    reason: v.pipe(
      v.optional(v.string('requests.name.reason.missing'), ''),
      v.picklist(nameReasons, 'requests.name.reason.missing'),
    ),
    explanation: paragraphs(
      EXPLANATION_LIMIT,
      'requests.name.explanation.refused',
      'requests.name.explanation.long',
    ),
  }),
  v.forward(
    v.partialCheck(
      [['givenName'], ['familyName']],
      ({ givenName, familyName }) => (givenName ?? familyName) !== null,
      'requests.name.missing',
    ),
    ['givenName'],
  ),
  v.transform(({ givenName, familyName, suffix, ...rest }) => ({
    ...rest,
    parts: { givenName: givenName ?? '', familyName: familyName ?? '', suffix: suffix ?? '' },
  })),
)

/** The key of one filling-in of the form: the same sent twice is one request. */
export const Submission = v.object({ submission: v.pipe(v.string(), v.uuid()) })
