import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { type CandidateEnv, chromeOf, loadViewer, requireCandidate } from '../sign-in/viewer.ts'
import { transcriptForms } from './form-routes.tsx'
import { TranscriptsPage } from './list-views.tsx'
import { listedTranscript, requireOwn, TRANSCRIPT_PATH, todayOf } from './own-transcript.ts'
import { listTranscripts } from './queries.ts'
import { DisableTranscriptPage, TranscriptPage } from './views.tsx'
import { disableTranscript } from './write-queries.ts'

const PAGE_SIZE = 20

/** Share › Publish Credentials, for the signed-in candidate: the list, each link, its form and its end. */
export const transcripts = new Hono<CandidateEnv>()
  .use('/transcripts/*', loadViewer, requireCandidate)
  .route('/', transcriptForms)

  .get(paths.transcripts, async (c) => {
    const page = /^[1-9]\d{0,5}$/.test(c.req.query('page') ?? '') ? Number(c.req.query('page')) : 1
    const { candidateId } = c.var.viewer
    const { transcripts, total } = await listTranscripts(c.var.db, { candidateId, page, pageSize: PAGE_SIZE })
    if (page > 1 && transcripts.length === 0) throw new HTTPException(404)

    const listed = await Promise.all(
      transcripts.map((transcript) => listedTranscript(c, transcript, transcript.certifications)),
    )
    return render(
      c,
      <TranscriptsPage
        chrome={chromeOf(c)}
        today={todayOf(c)}
        transcripts={listed}
        page={page}
        pages={Math.ceil(total / PAGE_SIZE)}
      />,
    )
  })

  .get(TRANSCRIPT_PATH, async (c) => {
    const { listed } = await requireOwn(c, c.req.param('id'))
    return render(c, <TranscriptPage chrome={chromeOf(c)} today={todayOf(c)} transcript={listed} />)
  })

  .get(`${TRANSCRIPT_PATH}/withdrawal`, async (c) => {
    const { transcript, listed } = await requireOwn(c, c.req.param('id'))
    if (listed.state === 'disabled') return c.redirect(paths.transcript(transcript.id), 303)
    return render(c, <DisableTranscriptPage chrome={chromeOf(c)} today={todayOf(c)} transcript={listed} />)
  })

  .post(`${TRANSCRIPT_PATH}/withdrawal`, async (c) => {
    const id = Number(c.req.param('id'))
    const { candidateId } = c.var.viewer
    if (!(await disableTranscript(c.var.db, { candidateId, id }, c.var.now))) throw new HTTPException(404)
    return c.redirect(paths.transcript(id), 303)
  })
