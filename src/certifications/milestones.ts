import { findCertification } from '../program/catalogue.ts'
import { selectsCertification } from '../program/selectors.ts'
import { type Account, type Day, isActiveOn } from './account.ts'

/** Notes the milestones that are reached by what is active at the end of a day. A reached one is kept. */
export function reachMilestones({ holdings, milestones }: Account, { on, program }: Day) {
  const open = program.milestones.filter(
    ({ code }) => !milestones.some(({ milestone }) => milestone === code),
  )
  if (open.length === 0) return
  const active = [...holdings.values()]
    .filter((holding) => isActiveOn(holding, on))
    .map(({ certification }) => findCertification(program, certification.code) ?? certification)
  for (const { code, counts } of open) {
    const selections = counts.map(({ of }) => active.filter((one) => selectsCertification(of, one)))
    if (!selections.every((selected, index) => selected.length >= counts[index]!.atLeast)) continue
    const certifications = [...new Set(selections.flat().map((one) => one.code))].sort()
    milestones.push({ milestone: code, reachedOn: on, certifications })
  }
}
