import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { formatList } from '../layout/lists.ts'
import { findCourse, findExam, seriesCodesOn } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'
import type { Requirement } from '../program/program-document.ts'
import type { KeepingStep } from './what-keeps.ts'

/** An exam as people know it: its series code, then its title. */
export function examName(
  t: Translate,
  program: Program,
  { exam, seriesCodes }: { exam: string; seriesCodes: readonly string[] },
): string {
  const code = formatList(t, seriesCodes, 'disjunction')
  const title = findExam(program, exam)?.title
  return title ? t('certifications.exam', { code, title }) : code
}

/** A course as people know it: its code, and its name where it has one. */
export function courseName(t: Translate, program: Program, course: string): string {
  const name = findCourse(program, course)?.name
  return name ? t('certifications.course', { code: course, name }) : course
}

/** An exam or a course that somebody may do. */
export function optionName(t: Translate, program: Program, step: KeepingStep): string {
  return 'exam' in step ? examName(t, program, step) : courseName(t, program, step.course)
}

export function approvalName(program: Program, approval: string): string {
  return program.approvals.find(({ code }) => code === approval)?.name ?? approval
}

/** What is needed, in words: `A and B or C`; an exam by the codes it can be booked under. */
export function requirementsText(
  t: Translate,
  program: Program,
  requirements: readonly Requirement[],
  today: CalendarDate,
): string {
  return formatList(
    t,
    requirements.map((one) => requirementText(t, program, one, today)),
  )
}

function requirementText(t: Translate, program: Program, one: Requirement, today: CalendarDate): string {
  const { all, any, exam, certification, course, approval } = one
  if (all) return requirementsText(t, program, all, today)
  if (any) {
    const alternatives = any.map((part) => requirementText(t, program, part, today))
    return formatList(t, alternatives, 'disjunction')
  }
  if (exam !== undefined) {
    const found = findExam(program, exam)
    return examName(t, program, { exam, seriesCodes: found ? seriesCodesOn(found, today) : [exam] })
  }
  if (course !== undefined) return courseName(t, program, course)
  if (approval !== undefined) return approvalName(program, approval)
  return one.held === 'ever'
    ? t('certifications.needs.ever', { certification: certification! })
    : certification!
}

export function sentences(...parts: (string | false)[]): string {
  return parts.filter((part) => part !== false).join(' ')
}

/** So many months as people say it: `3 years`, `18 months`. */
export function periodOf(t: Translate, months: number): string {
  const unit = months % 12 === 0 ? 'year' : 'month'
  return new Intl.NumberFormat(t.locale, { style: 'unit', unit, unitDisplay: 'long' }).format(
    unit === 'year' ? months / 12 : months,
  )
}
