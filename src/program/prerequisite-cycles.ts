import type { Placed } from './document-sections.ts'
import type { ProgramFault } from './program.ts'
import { placedDemands } from './requirement.ts'

type Demanding = { code: string } & Parameters<typeof placedDemands>[0]

/** Certifications that, by way of their prerequisites, ask for themselves, at the place where each circle closes. */
export function prerequisiteCycles(certifications: readonly Placed<Demanding>[]): ProgramFault[] {
  const byCode = new Map(certifications.map((placed) => [placed.part.code, placed]))
  const settled = new Set<string>()
  const faults: ProgramFault[] = []

  function follow({ at, part }: Placed<Demanding>, trail: readonly string[]) {
    const here = [...trail, part.code]
    for (const { at: place, demand } of placedDemands(part)) {
      if (demand.certification === undefined) continue
      const code = demand.certification
      const start = here.indexOf(code)
      const next = byCode.get(code)
      if (start >= 0) {
        faults.push({
          path: `${at}${place}`,
          message: `asks for itself: ${[...here.slice(start), code].join(' needs ')}`,
        })
      } else if (next && !settled.has(code)) follow(next, here)
    }
    settled.add(part.code)
  }

  for (const placed of certifications) if (!settled.has(placed.part.code)) follow(placed, [])
  return faults
}
