import type { Events } from '../../../src/certifications/evaluated-award.ts'
import type { Program } from '../../../src/program/program.ts'
import type { Rules } from '../../../src/program/versions.ts'
import { versionsIn } from './days.ts'

/** A history and its rules as lines that fit on a screen: what of the program matters here, and what happened. */
export function inWords(rules: Rules, events: Events): string[] {
  return [
    ...versionsIn(rules).flatMap(({ effectiveOn, program }) => [
      `from ${effectiveOn ?? 'the beginning'}`,
      ...programInWords(program),
    ]),
    ...events.passes.map(({ passedOn, resultId, exam }) => `${passedOn} pass ${resultId} ${exam}`),
    ...events.completions.map(
      ({ completedOn, id, course, submittedOn }) =>
        `${completedOn} completion ${id} ${course} sent in ${submittedOn}`,
    ),
    ...events.approvals.map(({ approvedOn, id, approval }) => `${approvedOn} approval ${id} ${approval}`),
    ...events.acts.map(({ on, id, kind, ...act }) => `${on} act ${id} ${kind} ${JSON.stringify(act)}`),
  ]
}

function programInWords({
  settings,
  exams,
  certifications,
  renewal,
  courses,
  milestones,
  emeritus,
}: Program) {
  const { rules, cascades, extensions, ...rest } = renewal
  const parts = [...rules, ...cascades, ...extensions, ...milestones].map(({ name, ...part }) => part)
  const first = [
    `  dated by ${settings.awardedOn}, renewal ${JSON.stringify(rest)}`,
    ...(emeritus ? [`  emeritus ${JSON.stringify(emeritus)}`] : []),
  ]
  if (certifications.length > SMALL) return [...first, '  for the rest the sample program']
  return [
    ...first,
    `  exams ${exams.map(({ code, level, tracks }) => `${code} ${level} ${tracks.join('+')}`).join(', ')}`,
    ...certifications.map(
      ({ code, level, tracks, validityMonths, requires }) =>
        `  ${code} ${level} ${tracks.join('+')} for ${validityMonths}: ${JSON.stringify(requires)}`,
    ),
    `  courses ${courses.map(({ code, renews }) => `${code} renews ${renews.join('+')}`).join(', ')}`,
    ...parts.map((part) => `  ${JSON.stringify(part)}`),
  ]
}

const SMALL = 8
