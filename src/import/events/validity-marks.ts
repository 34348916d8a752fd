import type { Validity } from '../sitting.ts'
import type { ResultChangeKind } from './event-kinds.ts'

/** Holding and revoking are two things: what is released may still be revoked. */
export type MarkName = 'held' | 'revoked'
export type Mark = { isSet: boolean; at: number }
export type Marks = Readonly<Partial<Record<MarkName, Mark>>>
/** What is said of one mark, and when. */
export type MarkStatement = Mark & { mark: MarkName }

/** What an event says of a mark, or null for one about something else. */
export function markOfEvent(kind: ResultChangeKind): Omit<MarkStatement, 'at'> | null {
  switch (kind) {
    case 'place-hold':
      return { mark: 'held', isSet: true }
    case 'release-hold':
      return { mark: 'held', isSet: false }
    case 'revoke-result':
      return { mark: 'revoked', isSet: true }
    case 'unrevoke-result':
      return { mark: 'revoked', isSet: false }
    case 'modify-result-status':
      return null
  }
}

/**
 * What a row of a file says of the marks by its word for validity. It knows one word where there may be two: a result
 * that is revoked may be held, too, so that of a hold it says nothing.
 */
export function marksOfWord(word: Validity, at: number): MarkStatement[] {
  const revoked = { mark: 'revoked', isSet: word === 'revoked', at } as const
  return word === 'revoked' ? [revoked] : [{ mark: 'held', isSet: word === 'held', at }, revoked]
}

/** Whether a statement says something that is later than what is known; at one instant, what holds back counts. */
export function isLater(known: Mark | undefined, said: Mark): boolean {
  if (!known || said.at !== known.at) return !known || said.at > known.at
  return said.isSet && !known.isSet
}

/** The marks after some statements, whatever the order of their arrival. */
export function withStatements(marks: Marks, said: readonly MarkStatement[]): Marks {
  const after = { ...marks }
  for (const { mark, isSet, at } of said) if (isLater(after[mark], { isSet, at })) after[mark] = { isSet, at }
  return after
}

export function validityOf(marks: Marks): Validity {
  if (marks.revoked?.isSet) return 'revoked'
  return marks.held?.isSet ? 'held' : 'valid'
}

/** The marks of a stored result. One whose word came before marks were kept has it from before all that is said now. */
export function marksOfStored(validity: Validity, marks: Marks): Marks {
  if (validity === 'valid' || marks[validity]) return marks
  return { ...marks, [validity]: { isSet: true, at: 0 } }
}
