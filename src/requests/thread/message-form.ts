import * as v from 'valibot'
import { paragraphs } from '../../core/plain-text.ts'

export const MESSAGE_LIMIT = 5000
export const COMMENT_LIMIT = 1000

export const messageField = v.pipe(
  paragraphs(MESSAGE_LIMIT, 'thread.message.refused', 'thread.message.long'),
  v.nonEmpty('thread.message.missing'),
)

export const MessageForm = v.object({ message: messageField })

/** Whether the answer helped, and what there is to say about it. */
export const RatingForm = v.object({
  helped: v.pipe(
    v.optional(v.string('thread.rating.missing'), ''),
    v.picklist(['yes', 'no'], 'thread.rating.missing'),
    v.transform((answer) => answer === 'yes'),
  ),
  comment: v.pipe(
    paragraphs(COMMENT_LIMIT, 'thread.rating.comment.refused', 'thread.rating.comment.long'),
    v.transform((text) => (text === '' ? null : text)),
  ),
})
