import * as v from 'valibot'
import { feedName } from './settings-form.ts'

/** What a new feed begins with; everything can be changed afterwards. */
export const startingPoints = ['pearson', 'neutral', 'mapped'] as const
export type StartingPoint = (typeof startingPoints)[number]

/** `new` is the address of the form for new ones. */
const TAKEN_BY_ADDRESS = ['new']

export const NewFeedForm = v.object({
  id: v.pipe(
    v.optional(v.string('feeds.id.refused'), ''),
    v.trim(),
    v.regex(/^[a-z][a-z0-9-]{0,19}$/, 'feeds.id.refused'),
    v.check((id) => !TAKEN_BY_ADDRESS.includes(id), 'feeds.id.taken'),
  ),
  name: feedName,
  start: v.picklist(startingPoints, 'feeds.start.missing'),
})

/** Settings that differ from the defaults of src/import/feed-settings.ts. */
export function settingsToStartWith(start: StartingPoint): object {
  switch (start) {
    case 'pearson':
      return {}
    case 'neutral':
      return { dateFormats: ['YYYY-MM-DD'], encoding: 'utf-8', notExamWords: [] }
    case 'mapped':
      return { dateFormats: ['YYYY-MM-DD'], notExamWords: [], createsCandidates: false }
  }
}
