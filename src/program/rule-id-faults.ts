import * as v from 'valibot'
import { type Placed, repeated, type Sections } from './document-sections.ts'
import type { ProgramFault } from './program.ts'
import { BY_COURSE, REACTIVATION, STAFF_EXTENSION } from './rule-ids.ts'

const WithCourse = v.looseObject({ renewal: v.looseObject({ course: v.looseObject({ id: v.string() }) }) })

/** A renewal names its rule alone, whatever kind of rule that is: no two share an ID, and none has one that means something else. */
export function ruleIdFaults({ rules, cascades, extensions }: Sections, input: unknown): ProgramFault[] {
  const read = v.safeParse(WithCourse, input)
  const course = read.success ? [{ at: 'renewal.course.id', part: read.output.renewal.course.id }] : []
  const taken = [STAFF_EXTENSION, REACTIVATION, ...(read.success ? [] : [BY_COURSE])]
  const ids: Placed<string>[] = [...rules.codes, ...cascades.codes, ...extensions.codes, ...course]
  return [
    ...repeated(ids),
    ...ids
      .filter(({ part }) => taken.includes(part))
      .map(({ at, part }) => ({ path: at, message: `"${part}" means something else: choose another ID` })),
  ]
}
