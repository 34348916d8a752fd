import type { SealFacts } from '../documents/seal-geometry.ts'
import { findCertification, findTrack, levelRank } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'

/**
 * The seal of a certification: the hue of its first track, a ring for each level. One that the program no longer
 * lists keeps a seal in the program's own hue.
 */
export function sealOf(program: Program, code: string, label = ''): SealFacts {
  const certification = findCertification(program, code)
  const track = certification && findTrack(program, certification.tracks[0]!)
  return {
    code,
    label,
    lines: certification?.seal ?? [code, ''],
    hue: track?.hue ?? program.settings.branding.hue,
    rings: certification ? levelRank(program, certification) : 1,
  }
}
