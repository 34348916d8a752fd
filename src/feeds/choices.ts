import { dateFormats as knownDateFormats } from '../import/cells.ts'
import { rowKinds } from '../import/row.ts'
import { deliveryOutcomes, grades as knownGrades } from '../schema.ts'

/** What the forms of this room let staff choose from. */
export const dateFormats = knownDateFormats
export const kinds = rowKinds
export const outcomes = deliveryOutcomes
export const grades = knownGrades
export const encodings = ['detect', 'utf-8', 'windows-1252'] as const
export const scoreMeanings = ['raw', 'scaled', 'percent'] as const
