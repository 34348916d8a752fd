import type { CalendarDate } from '../core/calendar-date.ts'
import type { Completion, Events, GivenApproval, Pass } from './evaluated-award.ts'

/** Something that somebody may do on a day; an approval is given by the program. */
export type PlannedStep =
  | { exam: string; on: CalendarDate }
  | { course: string; on: CalendarDate }
  | { approval: string; on: CalendarDate }

/** The events with what is not on record. */
export function withSteps(events: Events, planned: readonly PlannedStep[]): Events {
  const passes = planned.flatMap((step, index) => ('exam' in step ? [asPass(step, index)] : []))
  const completions = planned.flatMap((step, index) => ('course' in step ? [asCompletion(step, index)] : []))
  const approvals = planned.flatMap((step, index) => ('approval' in step ? [asApproval(step, index)] : []))
  return {
    ...events,
    passes: [...events.passes, ...passes],
    completions: [...events.completions, ...completions],
    approvals: [...events.approvals, ...approvals],
  }
}

function asPass({ exam, on }: { exam: string; on: CalendarDate }, index: number): Pass {
  return { exam, passedOn: on, resultId: -1 - index, seriesCode: exam }
}

function asCompletion({ course, on }: { course: string; on: CalendarDate }, index: number): Completion {
  return { id: -1 - index, course, completedOn: on, submittedOn: on }
}

function asApproval({ approval, on }: { approval: string; on: CalendarDate }, index: number): GivenApproval {
  return { id: -1 - index, approval, approvedOn: on }
}
