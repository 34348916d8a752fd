import type { CertificationSelector, ExamSelector } from './program-document.ts'

type InTracks = { level: string; tracks: readonly string[] }

export function shareTrack(one: Pick<InTracks, 'tracks'>, other: Pick<InTracks, 'tracks'>): boolean {
  return one.tracks.some((track) => other.tracks.includes(track))
}

/** True when everything the selector gives holds of the certification. */
export function selectsCertification(
  selector: CertificationSelector,
  certification: InTracks & { code: string },
): boolean {
  return (
    (selector.certification === undefined || selector.certification === certification.code) &&
    selectsPlace(selector, certification)
  )
}

/** True when the selector's own part holds of the exam; `sameTrack` and `inTrackOfActive` depend on who holds what. */
export function selectsExam(selector: ExamSelector, exam: InTracks & { code: string }): boolean {
  return (selector.exam === undefined || selector.exam === exam.code) && selectsPlace(selector, exam)
}

/** The level and track that a selector gives, either of which may be left out. */
export function selectsPlace(selector: { level?: string; track?: string }, place: InTracks): boolean {
  return (
    (selector.level === undefined || selector.level === place.level) &&
    (selector.track === undefined || place.tracks.includes(selector.track))
  )
}
