import * as v from 'valibot'
import type { RequestKind } from '../../mail/outbox.ts'
import { isQuestionKind } from '../request.ts'
import { messageField } from './message-form.ts'

/**
 * What a message of staff does. `note`: it is for staff only. `ask`: it is the candidate's turn. `solve`: it answers
 * the question. `reply`: nothing more than being said.
 */
export const staffActs = ['note', 'reply', 'ask', 'solve'] as const
export type StaffAct = (typeof staffActs)[number]

/** A claim is decided, and a question is answered. */
export function mayAct(act: StaffAct, kind: RequestKind): boolean {
  return act !== 'solve' || isQuestionKind(kind)
}

/** The last message that the candidate can read, too; 0 where there is none. */
export function lastShared(messages: readonly { id: number; visibility: 'shared' | 'internal' }[]): number {
  return Math.max(0, ...messages.filter(({ visibility }) => visibility === 'shared').map(({ id }) => id))
}

export const ActForm = v.object({ act: v.picklist(staffActs, 'thread.act.missing') })

/** The last message that whoever sends a form had before their eyes; a form that does not say has seen none. */
export const Seen = v.fallback(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)), 0)

export const SharedForm = v.object({ message: messageField, seen: Seen })
export const NoteForm = v.pipe(
  v.object({ note: messageField }),
  v.transform(({ note }) => ({ message: note, seen: 0 })),
)
