import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly } from '../layout/dates.tsx'
import { formatList } from '../layout/lists.ts'
import { Records } from '../layout/records.tsx'
import { programOn, type Rules } from '../program/versions.ts'

/** A milestone, with the certifications that were active then and counted. */
export type ShownMilestone = {
  milestone: string
  reachedOn: CalendarDate
  certifications: readonly string[]
}

type MilestoneListProps = { t: Translate; rules: Rules; milestones: readonly ShownMilestone[] }

/** What somebody has reached, by the name that the program gave it then, when, and with what. */
export function MilestoneList({ t, rules, milestones }: MilestoneListProps) {
  return (
    <Records
      caption={t.plural('certifications.milestones.caption', milestones.length)}
      columns={[
        t('certifications.milestone'),
        t('certifications.milestone.reached'),
        t('certifications.milestone.counted'),
      ]}
      rows={milestones.map(({ milestone, reachedOn, certifications }) => [
        programOn(rules, reachedOn).milestones.find(({ code }) => code === milestone)?.name ?? milestone,
        <DateOnly t={t} date={reachedOn} />,
        formatList(t, certifications),
      ])}
    />
  )
}
