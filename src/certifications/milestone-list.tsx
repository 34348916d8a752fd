import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'
import type { Program } from '../program/program.ts'

type MilestoneListProps = {
  t: Translate
  program: Program
  milestones: readonly { milestone: string; reachedOn: CalendarDate }[]
}

/** What somebody has reached, by the name that the program gives it, and when. */
export function MilestoneList({ t, program, milestones }: MilestoneListProps) {
  return (
    <Records
      caption={t.plural('certifications.milestones.caption', milestones.length)}
      columns={[t('certifications.milestone'), t('certifications.milestone.reached')]}
      rows={milestones.map(({ milestone, reachedOn }) => [
        program.milestones.find(({ code }) => code === milestone)?.name ?? milestone,
        <DateOnly t={t} date={reachedOn} />,
      ])}
    />
  )
}
