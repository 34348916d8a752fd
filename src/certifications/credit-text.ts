import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { formatDate } from '../layout/dates.tsx'
import { programOn, type Rules } from '../program/versions.ts'
import type { RecordedCredit, RecordedPass } from './award-history.ts'
import { approvalName, courseName, examName } from './wording.ts'

/** An exam, a course or an approval, by the name that it had then, with its date. */
export function creditText(t: Translate, rules: Rules, credit: RecordedCredit): string {
  const dated = (what: string, on: CalendarDate) =>
    t('certifications.why.dated', { what, date: formatDate(t, on) })
  if ('pass' in credit) return dated(passName(t, rules, credit.pass), credit.pass.passedOn)
  if ('completion' in credit) {
    const { completion } = credit
    return dated(completedCourse(t, rules, completion), completion.completedOn)
  }
  const { approval, approvedOn } = credit.approval
  return dated(approvalName(programOn(rules, approvedOn), approval), approvedOn)
}

export function passName(t: Translate, rules: Rules, { exam, seriesCode, passedOn }: RecordedPass): string {
  return examName(t, programOn(rules, passedOn), { exam, seriesCodes: [seriesCode] })
}

export function completedCourse(
  t: Translate,
  rules: Rules,
  { course, completedOn }: { course: string; completedOn: CalendarDate },
): string {
  return courseName(t, programOn(rules, completedOn), course)
}
