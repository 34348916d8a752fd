import { type Placed, type Sections, unknownIn } from './document-sections.ts'
import type { Cascade, ProgramFault, RenewalRule } from './program.ts'
import type { CertificationSelector, ExamSelector } from './program-document.ts'
import { selectsCertification, selectsExam, selectsPlace, shareTrack } from './selectors.ts'

/** Selectors that name what does not exist, or that nothing in the program can ever answer to. */
export function renewalFaults(sections: Sections): ProgramFault[] {
  return [
    ...sections.rules.parts.flatMap((rule) => ruleFaults(sections, rule)),
    ...sections.cascades.parts.flatMap((cascade) => cascadeFaults(sections, cascade)),
  ]
}

function ruleFaults(sections: Sections, { at, part: { renews, by } }: Placed<RenewalRule>): ProgramFault[] {
  const unknown = [
    ...unknownNames(sections, renews, `${at}.renews`),
    ...(by.passing ? unknownNames(sections, by.passing, `${at}.by.passing`) : []),
    ...(by.passing?.inTrackOfActive
      ? unknownNames(sections, by.passing.inTrackOfActive, `${at}.by.passing.inTrackOfActive`)
      : []),
    ...(by.earning ? unknownNames(sections, by.earning, `${at}.by.earning`) : []),
  ]
  return unknown.length > 0 ? unknown : emptySelections(sections, { at, part: { renews, by } })
}

function cascadeFaults(sections: Sections, { at, part: { renews } }: Placed<Cascade>): ProgramFault[] {
  const unknown = unknownNames(sections, renews, `${at}.renews`)
  if (unknown.length > 0 || !isComplete(sections)) return unknown
  const reached = sections.certifications.parts.some(({ part }) => selectsPlace(renews, part))
  return reached ? [] : [nothing(`${at}.renews`, 'certification')]
}

/** Windows that end before they begin, and selections that nothing answers to. */
export function extensionFaults(sections: Sections): ProgramFault[] {
  return sections.extensions.parts.flatMap(({ at, part: { expiresFrom, expiresUntil, renews } }) => [
    ...(expiresUntil < expiresFrom
      ? [{ path: `${at}.expiresUntil`, message: `is before ${expiresFrom}, where the window begins` }]
      : []),
    ...(renews ? selectionFaults(sections, renews, `${at}.renews`) : []),
  ])
}

/** Selections that nothing answers to, or fewer than are asked for. */
export function milestoneFaults(sections: Sections): ProgramFault[] {
  return sections.milestones.parts.flatMap(({ at, part: { counts } }) =>
    counts.flatMap(({ of, atLeast }, index) => {
      const place = `${at}.counts[${index}]`
      const faults = selectionFaults(sections, of, `${place}.of`)
      if (faults.length > 0 || !isComplete(sections)) return faults
      const selected = selectedBy(sections, of).length
      return selected < atLeast
        ? [{ path: `${place}.atLeast`, message: `is never reached: the program has ${selected} of these` }]
        : []
    }),
  )
}

function selectionFaults(sections: Sections, selector: CertificationSelector, at: string): ProgramFault[] {
  const unknown = unknownNames(sections, selector, at)
  if (unknown.length > 0 || !isComplete(sections)) return unknown
  return selectedBy(sections, selector).length > 0 ? [] : [nothing(at, 'certification')]
}

function selectedBy({ certifications }: Sections, selector: CertificationSelector) {
  return certifications.parts.filter(({ part }) => selectsCertification(selector, part))
}

function unknownNames(
  { levels, tracks, exams, certifications }: Sections,
  selector: CertificationSelector & ExamSelector,
  at: string,
): ProgramFault[] {
  return [
    ...unknownIn(levels, 'level', selector.level, `${at}.level`),
    ...unknownIn(tracks, 'track', selector.track, `${at}.track`),
    ...unknownIn(exams, 'exam', selector.exam, `${at}.exam`),
    ...unknownIn(certifications, 'certification', selector.certification, `${at}.certification`),
  ]
}

function emptySelections(
  sections: Sections,
  { at, part: { renews, by } }: Placed<Pick<RenewalRule, 'renews' | 'by'>>,
): ProgramFault[] {
  if (!isComplete(sections)) return []
  const certifications = sections.certifications.parts.map(({ part }) => part)
  const renewed = certifications.filter((certification) => selectsCertification(renews, certification))
  if (renewed.length === 0) return [nothing(`${at}.renews`, 'certification')]

  const { passing, earning } = by
  if (passing) {
    const exams = sections.exams.parts.map(({ part }) => part).filter((exam) => selectsExam(passing, exam))
    const fits = exams.some((exam) => !passing.sameTrack || renewed.some((one) => shareTrack(one, exam)))
    if (!fits) return [nothing(`${at}.by.passing`, 'exam')]

    const held = passing.inTrackOfActive
    if (held && !certifications.some((one) => selectsCertification(held, one))) {
      return [nothing(`${at}.by.passing.inTrackOfActive`, 'certification')]
    }
  }
  if (earning && !certifications.some((one) => selectsCertification(earning, one))) {
    return [nothing(`${at}.by.earning`, 'certification')]
  }
  return []
}

/** With a part unread, "nothing answers" may only mean that the one that would is misspelt. */
function isComplete({ exams, certifications }: Sections): boolean {
  return exams.complete && certifications.complete
}

function nothing(path: string, kind: string): ProgramFault {
  return { path, message: `no ${kind} of the program answers to this` }
}
