import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { formatDate } from '../layout/dates.tsx'
import { formatList } from '../layout/lists.ts'
import { findCertification, findLevel } from '../program/catalogue.ts'
import { demandsOf } from '../program/requirement.ts'
import { programOn, type Rules } from '../program/versions.ts'
import type { AwardHistory, RecordedAct, RecordedReason } from './award-history.ts'
import { creditText, passName } from './credit-text.ts'
import { isOf, renewalText } from './renewal-story.ts'
import { isEmeritusOn } from './standing.ts'
import { periodOf, sentences } from './wording.ts'

type Told = {
  certification: string
  awardedOn: CalendarDate
  emeritusOn: CalendarDate | null
  history: AwardHistory
}

/** Why an award is as it is, a paragraph for each thing that happened, the first first, each by the rules of its day. */
export function awardStory(t: Translate, rules: Rules, award: Told, today: CalendarDate): string[] {
  const { emeritusOn, history } = award
  const { earned, renewals, acts } = history
  const alone = acts.filter((act) => !renewals.some((renewal) => isOf(act, renewal)))
  const since = [
    ...alone.map((act) => ({ on: act.on, text: actText(t, act) })),
    ...renewals.map((renewal) => ({
      on: renewal.renewedOn,
      text: renewalText(t, rules, renewal, acts),
    })),
    ...(emeritusOn !== null && isEmeritusOn(today, award)
      ? [{ on: emeritusOn, text: emeritusText(t, rules, emeritusOn) }]
      : []),
  ]
  return [
    ...(earned ? [earnedText(t, rules, award, earned)] : []),
    ...since.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)).map(({ text }) => text),
  ]
}

function earnedText(t: Translate, rules: Rules, award: Told, earned: RecordedReason): string {
  const { others, prerequisites, pass, completedBy, completedOn } = earned
  const on = completedOn ?? completedBy?.passedOn ?? pass?.passedOn ?? award.awardedOn
  const certification = findCertification(programOn(rules, on), award.certification)
  const everHeld = certification
    ? demandsOf(certification.requires).flatMap(({ certification, held }) =>
        held === 'ever' && certification !== undefined ? certification : [],
      )
    : []
  const isEverHeld = (one: { certification: string }) => everHeld.includes(one.certification)
  const active = prerequisites.filter((one) => !isEverHeld(one))
  const once = prerequisites.filter(isEverHeld)
  return sentences(
    beginning(t, rules, earned, on),
    others.length > 0 &&
      t('certifications.why.others', {
        things: formatList(
          t,
          others.map((credit) => creditText(t, rules, credit)),
        ),
      }),
    active.length > 0 &&
      t('certifications.why.needed', {
        certifications: formatList(
          t,
          active.map(({ certification }) => certification),
        ),
      }),
    once.length > 0 &&
      t('certifications.why.needed.ever', {
        certifications: formatList(
          t,
          once.map(({ certification, awardedOn }) =>
            t('certifications.why.needed.awarded', { certification, date: formatDate(t, awardedOn) }),
          ),
        ),
      }),
    certification?.validityMonths != null &&
      t('certifications.why.lasts', { period: periodOf(t, certification.validityMonths) }),
  )
}

/** What was done for it, and on which day everything was there. */
function beginning(
  t: Translate,
  rules: Rules,
  { pass, completedBy }: RecordedReason,
  on: CalendarDate,
): string {
  const completed = formatDate(t, on)
  if (pass === null) return t('certifications.why.complete', { date: completed })
  const facts = { exam: passName(t, rules, pass), date: formatDate(t, pass.passedOn) }
  if (on === pass.passedOn) return t('certifications.why.passed', facts)
  if (programOn(rules, on).settings.awardedOn === 'exam')
    return t('certifications.why.completed.exam', { ...facts, completed })
  return completedBy
    ? t('certifications.why.completed', { ...facts, last: passName(t, rules, completedBy), completed })
    : t('certifications.why.completed.on', { ...facts, completed })
}

/** Since when it is emeritus, and by which rule. */
function emeritusText(t: Translate, rules: Rules, emeritusOn: CalendarDate): string {
  const program = programOn(rules, emeritusOn)
  const { emeritus } = program
  return sentences(
    t('certifications.why.emeritus', { date: formatDate(t, emeritusOn) }),
    emeritus !== undefined &&
      t('certifications.why.emeritus.rule', {
        level: findLevel(program, emeritus.level)?.name ?? emeritus.level,
        period: periodOf(t, emeritus.afterMonths),
      }),
  )
}

function actText(t: Translate, { kind, on, toAwardedOn, toExpiresOn, reason }: RecordedAct): string {
  return sentences(
    t(`certifications.why.act.${kind}`, { date: formatDate(t, on) }),
    toAwardedOn !== null && t('certifications.why.act.awarded', { date: formatDate(t, toAwardedOn) }),
    toExpiresOn !== null && t('certifications.why.act.expires', { date: formatDate(t, toExpiresOn) }),
    t('certifications.why.act.reason', { reason }),
  )
}
