import * as v from 'valibot'
import { repeated, type Sections, sectionsOf, unknownIn } from './document-sections.ts'
import { examCodeFaults } from './exam-code-faults.ts'
import { prerequisiteCycles } from './prerequisite-cycles.ts'
import type { ProgramFault } from './program.ts'
import { extensionFaults, milestoneFaults, renewalFaults } from './renewal-faults.ts'
import { placedDemands } from './requirement.ts'
import { ruleIdFaults } from './rule-id-faults.ts'

/**
 * Where one part of a document contradicts another. Works on whatever can be read, so that
 * faults of shape elsewhere do not hide these from the person who has to mend the file.
 */
export function contradictionsIn(input: unknown): ProgramFault[] {
  const sections = sectionsOf(input)
  const { rules, cascades, extensions, ...coded } = sections
  return [
    ...Object.values(coded).flatMap(({ codes }) => repeated(codes)),
    ...ruleIdFaults(sections, input),
    ...sharedRanks(sections),
    ...unknownPlaces(sections),
    ...unknownInCertifications(sections),
    ...sections.exams.parts.flatMap(examCodeFaults),
    ...repeated(
      sections.exams.parts.flatMap(({ at, part }) =>
        part.codes.map(({ code }, index) => ({ at: `${at}.codes[${index}].code`, part: code.toUpperCase() })),
      ),
    ),
    ...prerequisiteCycles(sections.certifications.parts),
    ...renewalFaults(sections),
    ...extensionFaults(sections),
    ...milestoneFaults(sections),
    ...emeritusFaults(sections, input),
    ...unknownInCourses(sections),
  ]
}

/** Two levels of one rank leave open which is the lower one. */
function sharedRanks({ levels }: Sections): ProgramFault[] {
  return levels.parts.flatMap(({ at, part }, index) => {
    const same = levels.parts.slice(0, index).find((earlier) => earlier.part.rank === part.rank)
    return same ? [{ path: `${at}.rank`, message: `"${same.part.code}" has rank ${part.rank} already` }] : []
  })
}

function unknownPlaces({ exams, certifications, levels, tracks }: Sections): ProgramFault[] {
  return [...exams.parts, ...certifications.parts].flatMap(({ at, part }) => [
    ...unknownIn(levels, 'level', part.level, `${at}.level`),
    ...part.tracks.flatMap((track, index) => unknownIn(tracks, 'track', track, `${at}.tracks[${index}]`)),
  ])
}

function unknownInCertifications(sections: Sections): ProgramFault[] {
  return sections.certifications.parts.flatMap(({ at, part }) =>
    placedDemands(part).flatMap(({ at: place, demand }) => [
      ...unknownIn(sections.exams, 'exam', demand.exam, `${at}${place}`),
      ...unknownIn(sections.certifications, 'certification', demand.certification, `${at}${place}`),
      ...unknownIn(sections.courses, 'course', demand.course, `${at}${place}`),
      ...unknownIn(sections.approvals, 'approval', demand.approval, `${at}${place}`),
    ]),
  )
}

function unknownInCourses({ courses, certifications }: Sections): ProgramFault[] {
  return courses.parts.flatMap(({ at, part }) =>
    part.renews.flatMap((code, index) =>
      unknownIn(certifications, 'certification', code, `${at}.renews[${index}]`),
    ),
  )
}

const WithEmeritus = v.looseObject({ emeritus: v.looseObject({ level: v.string() }) })

/** A level that is unknown, or that no certification has. */
function emeritusFaults({ levels, certifications }: Sections, input: unknown): ProgramFault[] {
  const read = v.safeParse(WithEmeritus, input)
  if (!read.success) return []
  const { level } = read.output.emeritus
  const unknown = unknownIn(levels, 'level', level, 'emeritus.level')
  const isEmpty = certifications.complete && !certifications.parts.some(({ part }) => part.level === level)
  if (unknown.length > 0 || !isEmpty) return unknown
  return [{ path: 'emeritus.level', message: 'no certification of the program has this level' }]
}
