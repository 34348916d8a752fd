import { addDays, type CalendarDate } from '../core/calendar-date.ts'
import type { Certification, Course, Exam, Level, Program, Track } from './program.ts'
import { demandsOf, fulfilment, keyOfDemand } from './requirement.ts'

type Index = {
  levels: Map<string, Level>
  tracks: Map<string, Track>
  exams: Map<string, Exam>
  examsBySeriesCode: Map<string, Exam>
  seriesCodesSince: Map<string, CalendarDate>
  certifications: Map<string, Certification>
  courses: Map<string, Course>
  certificationsUpward: readonly Certification[]
  placesUpward: Map<string, number>
  askingFor: Map<string, string[]>
  needingNothingDone: Set<string>
}

// A program is never changed after it is read, and an import asks of it a million times.
const indexes = new WeakMap<Program, Index>()

export function findLevel(program: Program, code: string): Level | null {
  return indexOf(program).levels.get(code) ?? null
}

export function findTrack(program: Program, code: string): Track | null {
  return indexOf(program).tracks.get(code) ?? null
}

export function findExam(program: Program, code: string): Exam | null {
  return indexOf(program).exams.get(code) ?? null
}

export function findCertification(program: Program, code: string): Certification | null {
  return indexOf(program).certifications.get(code) ?? null
}

export function findCourse(program: Program, code: string): Course | null {
  return indexOf(program).courses.get(code) ?? null
}

/** The exam that a vendor means by any of its codes, past or present: a result may arrive late. */
export function examOfSeriesCode(program: Program, seriesCode: string): Exam | null {
  return indexOf(program).examsBySeriesCode.get(seriesCode.trim().toUpperCase()) ?? null
}

/** Since when an exam is sat under a code of it; null where nobody said. */
export function seriesCodeSince(program: Program, seriesCode: string): CalendarDate | null {
  return indexOf(program).seriesCodesSince.get(seriesCode.trim().toUpperCase()) ?? null
}

/** How high the level stands; of exams and certifications, the higher the rank the further up. */
export function levelRank(program: Program, { level }: { level: string }): number {
  return indexOf(program).levels.get(level)?.rank ?? 0
}

/** Every certification, the lower levels first, and by code within a level. */
export function certificationsUpward(program: Program): readonly Certification[] {
  return indexOf(program).certificationsUpward
}

/** The certifications that ask for something to be done, by its kind and code: `exam JN0-106`, `course AJER`, `approval board`. */
export function certificationsAskingFor(program: Program, key: string): readonly string[] {
  return indexOf(program).askingFor.get(key) ?? []
}

/** Whether a certification can be earned by holding others alone. */
export function needsNothingDone(program: Program, certification: string): boolean {
  return indexOf(program).needingNothingDone.has(certification)
}

/** The certifications that an exam brings nearer. */
export function certificationsOfExam(program: Program, exam: string): readonly string[] {
  return certificationsAskingFor(program, `exam ${exam}`)
}

/** Compares certifications by their place among those. */
export function compareUpward(program: Program, one: string, other: string): number {
  const { placesUpward } = indexOf(program)
  return (placesUpward.get(one) ?? 0) - (placesUpward.get(other) ?? 0)
}

/**
 * The series codes under which the exam can be booked on a date. Where the document leaves a date out,
 * a code begins the day after the one before it ends, and ends the day before the next one begins;
 * a successor without any date has begun.
 */
export function seriesCodesOn(exam: Exam, date: CalendarDate): string[] {
  return exam.codes
    .filter(({ from, until }, index) => {
      const begins = from ?? dayAfter(exam.codes[index - 1]?.until)
      const next = exam.codes[index + 1]
      const ended = until === undefined ? next !== undefined && (next.from ?? '') <= date : until < date
      return !ended && (begins === undefined || begins <= date)
    })
    .map(({ code }) => code)
}

function dayAfter(date: CalendarDate | undefined): CalendarDate | undefined {
  return date === undefined ? undefined : addDays(date, 1)
}

function indexOf(program: Program): Index {
  const known = indexes.get(program)
  if (known) return known

  const built = indexed(program)
  indexes.set(program, built)
  return built
}

function indexed({ levels, tracks, exams, certifications, courses }: Program): Index {
  const byLevel = byCode(levels)
  const rank = ({ level }: Certification) => byLevel.get(level)?.rank ?? 0
  const certificationsUpward = certifications.toSorted(
    (a, b) => rank(a) - rank(b) || (a.code < b.code ? -1 : 1),
  )
  return {
    levels: byLevel,
    tracks: byCode(tracks),
    exams: byCode(exams),
    examsBySeriesCode: new Map(
      exams.flatMap((exam) => exam.codes.map(({ code }) => [code.trim().toUpperCase(), exam] as const)),
    ),
    seriesCodesSince: new Map(
      exams.flatMap(({ codes }) =>
        codes.flatMap(({ code, from }) =>
          from === undefined ? [] : [[code.trim().toUpperCase(), from] as const],
        ),
      ),
    ),
    certifications: byCode(certifications),
    courses: byCode(courses),
    certificationsUpward,
    askingFor: askingFor(certifications),
    needingNothingDone: new Set(
      certifications
        .filter(({ requires }) => fulfilment(requires, ({ certification }) => certification ?? null))
        .map(({ code }) => code),
    ),
    placesUpward: new Map(certificationsUpward.map(({ code }, place) => [code, place])),
  }
}

function askingFor(certifications: readonly Certification[]): Map<string, string[]> {
  const asking = new Map<string, string[]>()
  for (const { code, requires } of certifications) {
    for (const demand of demandsOf(requires)) {
      const key = keyOfDemand(demand)
      if (key && !asking.get(key)?.includes(code)) asking.set(key, [...(asking.get(key) ?? []), code])
    }
  }
  return asking
}

function byCode<Part extends { code: string }>(parts: readonly Part[]): Map<string, Part> {
  return new Map(parts.map((part) => [part.code, part]))
}
