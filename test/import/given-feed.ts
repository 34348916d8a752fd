import { type Feed, feedOf } from '../../src/import/feeds.ts'

/** A feed with the settings that a test cares for; the others have their defaults. */
export function givenFeed(settings: object = {}): Feed {
  return feedOf({ id: 'pearson', name: 'Pearson VUE', settings, stoppedAt: null })
}
