import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import type { Program } from '../program/program.ts'
import type { LetterPart } from './letter.tsx'

/** All that a letter depends on besides its own facts. `accessUrl` is the link it carries; some templates have none. */
export type LetterContext = {
  t: Translate
  program: Program
  today: CalendarDate
  origin: string
  /** Null where the mail goes to somebody who is no candidate, or whom it must not name. */
  recipient: { candidateId: string | null; name: string | null }
  accessUrl: string | null
}

export function candidateId({ t, recipient }: LetterContext): LetterPart[] {
  return recipient.candidateId === null ? [] : [{ facts: [[t('mail.candidate-id'), recipient.candidateId]] }]
}

/** The link that this mail was minted. */
export function access(link: string, { accessUrl }: LetterContext): LetterPart {
  if (accessUrl === null) throw new Error('a letter that opens something needs a link')
  return { link, url: accessUrl }
}
