import resvg from '@resvg/resvg-wasm/index_bg.wasm'
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { standingOn } from '../certifications/standing.ts'
import { calendarDateIn } from '../core/calendar-date.ts'
import { render } from '../core/render.ts'
import { sha256Hex } from '../core/tokens.ts'
import { type CandidateEnv, chromeOf, loadViewer, requireCandidate } from '../sign-in/viewer.ts'
import { drawECertificate } from './ecertificate.ts'
import { fontsFrom } from './fonts.ts'
import { attachment, ecertificatePrefix, keptDocument } from './kept-document.ts'
import { drawLogoPack } from './logo-pack.ts'
import { logoPackFacts, printedFacts } from './printed-facts.ts'
import { findOwnAward } from './queries.ts'
import { UndrawableCharacters } from './type/typesetter.ts'
import { UndrawablePage } from './undrawable-page.tsx'

/** Rises when the drawing changes, so that what was drawn by an older one is drawn anew. */
const DRAWING = 2

const AWARD = '/certifications/:id{[0-9]{1,15}}'

/** Downloads exist only for awards of one's own, and only while they are active. */
export const documents = new Hono<CandidateEnv>()
  .use(`${AWARD}/*`, loadViewer, requireCandidate)

  .get(`${AWARD}/ecertificate.pdf`, async (c) => {
    const award = await ownActiveAward(c, c.req.param('id'))
    const facts = printedFacts(c.var.t, c.var.program, award, c.env.PUBLIC_ORIGIN)
    const key = `${ecertificatePrefix(award.id)}${await sha256Hex(JSON.stringify([DRAWING, facts]))}.pdf`
    try {
      const draw = () => drawECertificate(facts, fontsFrom(c.env.ASSETS))
      const document = await keptDocument(c.env.BUCKET, key, 'application/pdf', draw)
      return attachment(document, `eCertificate-${award.number}.pdf`)
    } catch (error) {
      if (!(error instanceof UndrawableCharacters)) throw error
      console.error({ message: 'eCertificate cannot be drawn', awardId: award.id })
      const { email } = c.var.program.settings.support
      return render(c, <UndrawablePage chrome={chromeOf(c)} supportEmail={email} />, 500)
    }
  })

  .get(`${AWARD}/logo.zip`, async (c) => {
    const { certification } = await ownActiveAward(c, c.req.param('id'))
    const { seal, usage } = logoPackFacts(c.var.t, c.var.program, certification)
    const key = `logos/${certification}/${await sha256Hex(JSON.stringify([DRAWING, seal, usage]))}.zip`
    const draw = () => drawLogoPack(seal, usage, fontsFrom(c.env.ASSETS), resvg)
    const document = await keptDocument(c.env.BUCKET, key, 'application/zip', draw)
    return attachment(document, `${certification}-logo.zip`)
  })

async function ownActiveAward({ var: { db, viewer, program, now } }: Context<CandidateEnv>, id: string) {
  const award = await findOwnAward(db, viewer.candidateId, Number(id))
  const today = calendarDateIn(program.settings.timeZone, now)
  if (!award || standingOn(today, award) !== 'active') throw new HTTPException(404)
  return award
}
