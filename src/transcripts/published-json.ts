import type { Program } from '../program/program.ts'
import type { PublishedTranscript } from './published.ts'

/** The same facts as on the page, for machines. */
export function publishedJson(program: Program, transcript: PublishedTranscript) {
  const { holder, remarks, validThrough, awards, checkedAt } = transcript
  return {
    program: { name: program.name },
    checkedAt: checkedAt.toISOString(),
    allActive: transcript.verdict.tone === 'good',
    holder: { name: holder },
    remarks,
    validThrough,
    certifications: awards.map(({ code, name, level, standing, since, awardedOn, expiresOn }) => ({
      code,
      name,
      level,
      standing,
      standingSince: since,
      awardedOn,
      expiresOn,
    })),
  }
}
