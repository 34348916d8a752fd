import { type Placed, type Sections, sectionsOf, unknownIn } from './document-sections.ts'
import { examCodeFaults } from './exam-code-faults.ts'
import { prerequisiteCycles } from './prerequisite-cycles.ts'
import type { ProgramFault } from './program.ts'
import { renewalFaults } from './renewal-faults.ts'

/**
 * Where one part of a document contradicts another. Works on whatever can be read, so that
 * faults of shape elsewhere do not hide these from the person who has to mend the file.
 */
export function contradictionsIn(input: unknown): ProgramFault[] {
  const sections = sectionsOf(input)
  return [
    ...Object.values(sections).flatMap(({ codes }) => repeated(codes)),
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
    ...unknownInCourses(sections),
  ]
}

function repeated(codes: readonly Placed<string>[]): ProgramFault[] {
  const firstAt = new Map<string, string>()
  return codes.flatMap(({ at, part: code }) => {
    const first = firstAt.get(code)
    if (first === undefined) firstAt.set(code, at)
    return first === undefined ? [] : [{ path: at, message: `"${code}" is used already, at ${first}` }]
  })
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

function unknownInCertifications({ certifications, exams }: Sections): ProgramFault[] {
  return certifications.parts.flatMap(({ at, part }) => [
    ...unknownIn(exams, 'exam', part.exam, `${at}.exam`),
    ...part.prerequisites.flatMap((group, groupIndex) =>
      group.flatMap((code, index) =>
        unknownIn(certifications, 'certification', code, `${at}.prerequisites[${groupIndex}][${index}]`),
      ),
    ),
  ])
}

function unknownInCourses({ courses, certifications }: Sections): ProgramFault[] {
  return courses.parts.flatMap(({ at, part }) =>
    part.renews.flatMap((code, index) =>
      unknownIn(certifications, 'certification', code, `${at}.renews[${index}]`),
    ),
  )
}
