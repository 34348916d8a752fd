import type { Cascade, Certification, Exam, Program } from '../../../src/program/program.ts'
import type { CertificationSelector, ExamSelector } from '../../../src/program/program-document.ts'
import { rankOf } from './days.ts'

/** Whether everything that a selector says is true of a certification. */
export function takes(
  { certification, level, track }: CertificationSelector,
  { code, level: ownLevel, tracks }: Certification,
): boolean {
  const rightCertification = certification === undefined || certification === code
  const rightLevel = level === undefined || level === ownLevel
  const rightTrack = track === undefined || tracks.includes(track)
  return rightCertification && rightLevel && rightTrack
}

/** Whether a pass of an exam renews a certification, `active` being held. */
export function takesExam(
  { exam, level, track, sameTrack, inTrackOfActive }: ExamSelector,
  passed: Exam,
  renewed: Certification,
  active: readonly Certification[],
): boolean {
  const rightExam = exam === undefined || exam === passed.code
  const rightLevel = level === undefined || level === passed.level
  const rightTrack = track === undefined || passed.tracks.includes(track)
  const inSameTrack = !sameTrack || share(passed, renewed)
  const inActiveTrack =
    inTrackOfActive === undefined || active.some((one) => takes(inTrackOfActive, one) && share(one, passed))
  return rightExam && rightLevel && rightTrack && inSameTrack && inActiveTrack
}

/** Whether a cascade carries a renewal of one certification on to another. */
export function carries(
  { renews: { level, track, lower, sameTrack } }: Cascade,
  program: Program,
  from: Certification,
  to: Certification,
): boolean {
  const rightLevel = level === undefined || level === to.level
  const rightTrack = track === undefined || to.tracks.includes(track)
  const isLower = !lower || rankOf(program, to.level) < rankOf(program, from.level)
  const inSameTrack = !sameTrack || share(from, to)
  return rightLevel && rightTrack && isLower && inSameTrack
}

function share(one: { tracks: string[] }, other: { tracks: string[] }): boolean {
  return one.tracks.some((track) => other.tracks.includes(track))
}
