import type { Translate } from '../i18n/messages.ts'
import { formatDate } from '../layout/dates.tsx'
import type { Program } from '../program/program.ts'
import { programOn, programsFrom, type Rules } from '../program/versions.ts'
import type { RecordedAct, RecordedRenewal } from './award-history.ts'
import { completedCourse, passName } from './credit-text.ts'
import { REACTIVATION } from './evaluated-award.ts'
import { sentences } from './wording.ts'

/** By what an award was renewed, when, and by which rule. */
export function renewalText(
  t: Translate,
  rules: Rules,
  renewal: RecordedRenewal,
  acts: readonly RecordedAct[],
): string {
  const act = acts.find((one) => isOf(one, renewal))
  return sentences(
    renewedBy(t, rules, renewal),
    ruleText(t, rules, renewal),
    act !== undefined && t('certifications.why.act.reason', { reason: act.reason }),
  )
}

/** An extension by the staff is told with what it moved. */
export function isOf(
  { kind, on, toExpiresOn }: RecordedAct,
  { act, renewedOn, expiresOn }: RecordedRenewal,
): boolean {
  return act !== undefined && kind === 'extend' && on === renewedOn && toExpiresOn === expiresOn
}

function renewedBy(t: Translate, rules: Rules, renewal: RecordedRenewal): string {
  const { pass, completion, extension, cascadeFrom, renewedOn, previousExpiresOn, expiresOn } = renewal
  const dates = {
    date: formatDate(t, renewedOn),
    before: formatDate(t, previousExpiresOn),
    after: formatDate(t, expiresOn),
  }
  if (renewal.act !== undefined) return t('certifications.why.act.extended', dates)
  if (extension !== undefined) {
    const { extensions } = programOn(rules, renewedOn).renewal
    const decree = extensions.find(({ id }) => id === extension)
    return t('certifications.why.extended', { ...dates, name: decree?.name ?? extension })
  }
  if (renewal.rule === REACTIVATION) return t('certifications.why.reactivated', dates)
  if (pass) {
    const facts = { ...dates, exam: passName(t, rules, pass) }
    return cascadeFrom
      ? t('certifications.why.renewed.with', { ...facts, certification: cascadeFrom })
      : t('certifications.why.renewed', facts)
  }
  if (completion) {
    const facts = { ...dates, course: completedCourse(t, rules, completion) }
    return cascadeFrom
      ? t('certifications.why.renewed.course.with', { ...facts, certification: cascadeFrom })
      : t('certifications.why.renewed.course', facts)
  }
  return t('certifications.why.renewed.on', dates)
}

/**
 * The rule by the name it had then. A renewal by what was earned may count from a day before it was complete, and before
 * the version that has the rule.
 */
function ruleText(t: Translate, rules: Rules, renewal: RecordedRenewal): string | false {
  const [named] = programsFrom(rules, renewal.renewedOn).flatMap((program) => ruleOf(program, renewal) ?? [])
  return named !== undefined && t('certifications.why.rule', { rule: named.name })
}

function ruleOf({ renewal: { rules, cascades, course } }: Program, { rule, cascade }: RecordedRenewal) {
  return cascade
    ? cascades.find(({ id }) => id === cascade)
    : [...rules, course].find(({ id }) => id === rule)
}
