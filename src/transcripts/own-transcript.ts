import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type CalendarDate, calendarDateIn } from '../core/calendar-date.ts'
import { paths } from '../paths.ts'
import type { CandidateEnv } from '../sign-in/viewer.ts'
import { linkStateOn } from './link-state.ts'
import type { ListedTranscript } from './list-views.tsx'
import { findOwnTranscript, type OwnTranscript } from './queries.ts'
import { signTranscriptToken, transcriptKeys } from './token.ts'

/** Row ids only: anything else has no page. */
export const TRANSCRIPT_PATH = '/transcripts/:id{[1-9][0-9]{0,14}}'

export function todayOf(c: Context<CandidateEnv>): CalendarDate {
  return calendarDateIn(c.var.program.settings.timeZone, c.var.now)
}

/** The candidate's own transcript and their awards; somebody else's does not exist. */
export async function requireOwn(c: Context<CandidateEnv>, id: string) {
  const found = await findOwnTranscript(c.var.db, c.var.viewer.candidateId, Number(id))
  if (!found) throw new HTTPException(404)
  const shown = found.awards.filter((award) => award.chosen).map(({ certification }) => certification)
  return { ...found, listed: await listedTranscript(c, found.transcript, shown) }
}

/** A transcript as its holder sees it, with the link to share. */
export async function listedTranscript(
  c: Context<CandidateEnv>,
  { id, publicId, remarks, validThrough, disabledAt }: OwnTranscript,
  certifications: readonly string[],
): Promise<ListedTranscript> {
  const token = await signTranscriptToken(publicId, await transcriptKeys(c.env.LINK_KEY))
  const { timeZone } = c.var.program.settings
  return {
    id,
    remarks,
    validThrough,
    disabledOn: disabledAt && calendarDateIn(timeZone, disabledAt),
    certifications,
    state: linkStateOn(todayOf(c), { validThrough, disabledAt }),
    link: c.env.PUBLIC_ORIGIN + paths.publishedTranscript(token),
  }
}
