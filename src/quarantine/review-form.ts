import * as v from 'valibot'

export const REVIEW_NOTE_LIMIT = 2000

/** What somebody found who looked. */
export const CloseForm = v.object({
  note: v.pipe(
    v.string('reviews.note.missing'),
    v.transform((text) => text.replace(/\r\n?/g, '\n').trim()),
    v.minLength(1, 'reviews.note.missing'),
    v.maxLength(REVIEW_NOTE_LIMIT, 'reviews.note.long'),
  ),
})
