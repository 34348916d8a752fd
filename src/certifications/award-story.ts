import type { Translate } from '../i18n/messages.ts'
import { formatDate } from '../layout/dates.tsx'
import { formatList } from '../layout/lists.ts'
import { findCertification } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'
import type {
  AwardHistory,
  RecordedAct,
  RecordedCredit,
  RecordedPass,
  RecordedReason,
  RecordedRenewal,
} from './award-history.ts'
import { REACTIVATION } from './evaluated-award.ts'
import { approvalName, courseName, examName, periodOf } from './wording.ts'

type Told = { certification: string; history: AwardHistory }

/** Why an award is as it is, a paragraph for each thing that happened, the first first. */
export function awardStory(t: Translate, program: Program, { certification, history }: Told): string[] {
  const { earned, renewals, acts } = history
  return [
    ...(earned ? [earnedText(t, program, certification, earned)] : []),
    ...renewals.map((renewal) => renewalText(t, program, renewal, acts)),
    ...acts.filter((act) => !renewals.some((renewal) => isOf(act, renewal))).map((act) => actText(t, act)),
  ]
}

function earnedText(t: Translate, program: Program, certification: string, earned: RecordedReason): string {
  const { others, prerequisites } = earned
  const validity = findCertification(program, certification)?.validityMonths
  return sentences(
    beginning(t, program, earned),
    others.length > 0 &&
      t('certifications.why.others', {
        things: formatList(
          t,
          others.map((credit) => creditText(t, program, credit)),
        ),
      }),
    prerequisites.length > 0 &&
      t('certifications.why.needed', {
        certifications: formatList(
          t,
          prerequisites.map((one) => one.certification),
        ),
      }),
    validity != null && t('certifications.why.lasts', { period: periodOf(t, validity) }),
  )
}

function beginning(t: Translate, program: Program, earned: RecordedReason): string {
  const { pass, completedBy, completedOn } = earned
  const on = completedOn ?? completedBy?.passedOn ?? pass?.passedOn
  if (pass === null) return t('certifications.why.complete', { date: on ? formatDate(t, on) : '' })
  const facts = { exam: passName(t, program, pass), date: formatDate(t, pass.passedOn) }
  if (on === undefined || on === pass.passedOn) return t('certifications.why.passed', facts)
  if (program.settings.awardedOn === 'exam')
    return t('certifications.why.completed.exam', { ...facts, completed: formatDate(t, on) })
  return completedBy
    ? t('certifications.why.completed', {
        ...facts,
        last: passName(t, program, completedBy),
        completed: formatDate(t, on),
      })
    : t('certifications.why.completed.on', { ...facts, completed: formatDate(t, on) })
}

/** By what an award was renewed, when, and by which rule. */
function renewalText(
  t: Translate,
  program: Program,
  renewal: RecordedRenewal,
  acts: readonly RecordedAct[],
): string {
  const act = acts.find((one) => isOf(one, renewal))
  return sentences(
    renewedBy(t, program, renewal),
    ruleText(t, program, renewal),
    act !== undefined && t('certifications.why.act.reason', { reason: act.reason }),
  )
}

/** An extension by the staff is told with what it moved. */
function isOf(
  { kind, on, toExpiresOn }: RecordedAct,
  { act, renewedOn, expiresOn }: RecordedRenewal,
): boolean {
  return act !== undefined && kind === 'extend' && on === renewedOn && toExpiresOn === expiresOn
}

function renewedBy(t: Translate, program: Program, renewal: RecordedRenewal): string {
  const { pass, completion, extension, cascadeFrom, renewedOn, previousExpiresOn, expiresOn } = renewal
  const dates = {
    date: formatDate(t, renewedOn),
    before: formatDate(t, previousExpiresOn),
    after: formatDate(t, expiresOn),
  }
  if (renewal.act !== undefined) return t('certifications.why.act.extended', dates)
  if (extension !== undefined) {
    const decree = program.renewal.extensions.find(({ id }) => id === extension)
    return t('certifications.why.extended', { ...dates, name: decree?.name ?? extension })
  }
  if (renewal.rule === REACTIVATION) return t('certifications.why.reactivated', dates)
  if (pass) {
    const facts = { ...dates, exam: passName(t, program, pass) }
    return cascadeFrom
      ? t('certifications.why.renewed.with', { ...facts, certification: cascadeFrom })
      : t('certifications.why.renewed', facts)
  }
  if (completion) {
    const facts = { ...dates, course: courseName(t, program, completion.course) }
    return cascadeFrom
      ? t('certifications.why.renewed.course.with', { ...facts, certification: cascadeFrom })
      : t('certifications.why.renewed.course', facts)
  }
  return t('certifications.why.renewed.on', dates)
}

/** The rule by its own name, where the program still has it. */
function ruleText(t: Translate, program: Program, { rule, cascade }: RecordedRenewal): string | false {
  const { rules, cascades, course } = program.renewal
  const named = cascade
    ? cascades.find(({ id }) => id === cascade)
    : [...rules, course].find(({ id }) => id === rule)
  return named !== undefined && t('certifications.why.rule', { rule: named.name })
}

function actText(t: Translate, { kind, on, toAwardedOn, toExpiresOn, reason }: RecordedAct): string {
  return sentences(
    t(`certifications.why.act.${kind}`, { date: formatDate(t, on) }),
    toAwardedOn !== null && t('certifications.why.act.awarded', { date: formatDate(t, toAwardedOn) }),
    toExpiresOn !== null && t('certifications.why.act.expires', { date: formatDate(t, toExpiresOn) }),
    t('certifications.why.act.reason', { reason }),
  )
}

/** An exam, a course or an approval, with its date. */
export function creditText(t: Translate, program: Program, credit: RecordedCredit): string {
  if ('pass' in credit) {
    const { pass } = credit
    return t('certifications.why.dated', {
      what: passName(t, program, pass),
      date: formatDate(t, pass.passedOn),
    })
  }
  if ('completion' in credit) {
    const { course, completedOn } = credit.completion
    return t('certifications.why.dated', {
      what: courseName(t, program, course),
      date: formatDate(t, completedOn),
    })
  }
  const { approval, approvedOn } = credit.approval
  return t('certifications.why.dated', {
    what: approvalName(program, approval),
    date: formatDate(t, approvedOn),
  })
}

function passName(t: Translate, program: Program, { exam, seriesCode }: RecordedPass): string {
  return examName(t, program, { exam, seriesCodes: [seriesCode] })
}

function sentences(...parts: (string | false)[]): string {
  return parts.filter((part) => part !== false).join(' ')
}
