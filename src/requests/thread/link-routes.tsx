import { type Context, Hono } from 'hono'
import type { AppEnv } from '../../core/app-env.ts'
import { readFormFields } from '../../core/posted-form.ts'
import { render } from '../../core/render.ts'
import { sha256Hex, TOKEN_PATTERN } from '../../core/tokens.ts'
import type { FieldErrors } from '../../layout/form.tsx'
import { paths } from '../../paths.ts'
import type { Program } from '../../program/program.ts'
import { loadProgram } from '../../program/queries.ts'
import { limitNetwork } from '../../sign-in/attempt-limit.ts'
import { withinPhotoFormLimit } from '../photo-form.ts'
import { candidateMay } from '../turn.ts'
import { findByLink } from './link-queries.ts'
import { DeadLinkPage, LinkedThreadPage } from './link-views.tsx'
import { takeMessage } from './take-message.ts'

const REPLY = '/reply/:token'

type LinkContext = Context<AppEnv>
type Linked = NonNullable<Awaited<ReturnType<typeof findByLink>>['request']>

/**
 * Where the link in a mail about a request leads: to what was said about this one, and to a reply. It signs nobody in,
 * and everything that is no such link, or no more, is answered the same.
 */
export const replyLinks = new Hono<AppEnv>()
  .get(REPLY, async (c) => {
    const { request, program } = await open(c)
    if (!request) return dead(c, program)
    return show(c, request, program, { notice: c.req.query('sent') === undefined ? null : 'sent' })
  })

  .post(REPLY, withinPhotoFormLimit(refuseUnread), async (c) => {
    await limitNetwork(c)
    const { request, program } = await open(c)
    if (!request) return dead(c, program)
    const here = paths.requestReply(c.req.param('token'))
    const unsent = await takeMessage(c, await readFormFields(c), request, program.settings, true)
    if (!unsent) return c.redirect(`${here}?sent`, 303)
    // It may have ended between our two questions.
    const { request: since } = unsent.notice === 'late' ? await open(c) : { request }
    return show(c, since ?? request, program, unsent)
  })

/** What cannot be a token is not asked for. */
async function open(c: LinkContext) {
  const { db, now } = c.var
  const token = c.req.param('token') ?? ''
  if (!TOKEN_PATTERN.test(token)) return { request: null, program: await loadProgram(db) }
  return findByLink(db, await sha256Hex(token), now)
}

type Shown = {
  notice?: 'sent' | 'late' | null
  submission?: string
  typed?: string
  errors?: FieldErrors
}

function show(
  c: LinkContext,
  request: Linked,
  program: Program,
  { notice = null, submission = crypto.randomUUID(), typed = '', errors }: Shown,
) {
  const may = candidateMay(request, program.settings, c.var.now)
  const token = c.req.param('token')!
  const props = { chrome: chromeFor(c, program), request, token, may, notice, submission, typed }
  const page = <LinkedThreadPage {...props} {...(errors && { errors })} />
  return render(c, page, notice === 'late' ? 409 : errors ? 422 : 200)
}

function dead(c: LinkContext, program: Program) {
  return render(c, <DeadLinkPage chrome={chromeFor(c, program)} />, 404)
}

/** The form was so large that it was not read: what was typed is lost, and the page says why. */
async function refuseUnread(c: Context) {
  const { request, program } = await open(c as LinkContext)
  if (!request) return dead(c as LinkContext, program)
  return show(c as LinkContext, request, program, { errors: { files: ['thread.files.large'] } })
}

/** Without the menu of whoever is signed in here: the link may be somebody else's. */
function chromeFor(c: LinkContext, program: Program) {
  return { t: c.var.t, program, viewer: null }
}
