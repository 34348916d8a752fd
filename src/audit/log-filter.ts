import { addDays, type CalendarDate, isCalendarDate } from '../core/calendar-date.ts'
import { type Actor, actions } from './actions.ts'

const CANDIDATE_ID_LIMIT = 50
/** Far more digits than entries or staff ever have, and still an exact number. */
const NUMBER = /^[1-9]\d{0,11}$/
const ACTOR = /^(?:candidate|nobody|system|staff:[1-9]\d{0,9})$/

/** Which entries are looked for: texts as they stand in the form, and what they mean. */
export type LogFilter = {
  action: string
  actor: string
  candidate: string
  from: string
  to: string
}

export type LogQuestion = {
  action: string | null
  actor: Actor | null
  candidateId: string | null
  /** Instants, in milliseconds: from the first day's beginning until the last day's end, in UTC. */
  since: number | null
  until: number | null
  /** Only entries older than this one. */
  before: number | null
}

export type LogRefusals = Partial<Record<'from' | 'to' | 'candidate', string[]>>

export function readLogFilter(query: (name: string) => string | undefined): LogFilter {
  const text = (name: string) => (query(name) ?? '').trim().slice(0, 100)
  return {
    action: text('action'),
    actor: text('actor'),
    candidate: text('candidate').replace(/\s/g, ''),
    from: text('from'),
    to: text('to'),
  }
}

/** What the filter asks; what cannot be meant is refused, and an action or actor that does not exist is nobody's. */
export function readLogQuestion(
  filter: LogFilter,
  before: string | undefined,
): { question: LogQuestion; refusals: LogRefusals } {
  const { action, actor, candidate, from, to } = filter
  const refusals: LogRefusals = {}
  const day = (name: 'from' | 'to', text: CalendarDate) => {
    if (text === '') return null
    if (isCalendarDate(text)) return text
    refusals[name] = ['audit-log.date.invalid']
    return null
  }
  const [first, last] = [day('from', from), day('to', to)]
  if (first && last && last < first) refusals.to = ['audit-log.date.order']
  if (candidate.length > CANDIDATE_ID_LIMIT) refusals.candidate = ['audit-log.candidate.invalid']
  return {
    question: {
      action: Object.hasOwn(actions, action) ? action : null,
      actor: ACTOR.test(actor) ? (actor as Actor) : null,
      candidateId: candidate === '' ? null : candidate,
      since: first && startOf(first),
      until: last && startOf(addDays(last, 1)),
      before: NUMBER.test(before ?? '') ? Number(before) : null,
    },
    refusals,
  }
}

function startOf(date: CalendarDate): number {
  return Date.parse(`${date}T00:00:00Z`)
}
