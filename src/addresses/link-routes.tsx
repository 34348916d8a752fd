import { type Context, Hono } from 'hono'
import type { AppEnv } from '../core/app-env.ts'
import { afterAnswer } from '../core/failure.ts'
import { render } from '../core/render.ts'
import { sha256Hex } from '../core/tokens.ts'
import { handOverOwedMail } from '../mail/hand-over.ts'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import { confirmAddress, type FoundConfirmation, findConfirmation } from './confirmation-queries.ts'
import { confirmationState, undoState } from './link-state.ts'
import { ConfirmAddressPage, UndoAddressPage } from './link-views.tsx'
import { type FoundUndo, findUndo, undoPrimaryChange } from './undo-queries.ts'

const CONFIRM_PATH = '/confirm-address/:token'
const UNDO_PATH = '/undo-address/:token'

/** Where the links in mails about addresses lead. Only the button uses one up: mail scanners open every link. */
export const addressLinks = new Hono<AppEnv>()
  .get(CONFIRM_PATH, async (c) => {
    const token = c.req.param('token')
    const { link, program } = await findConfirmation(c.var.db, await sha256Hex(token))
    return renderConfirmation(c, token, link, program)
  })

  .post(CONFIRM_PATH, async (c) => {
    const { db, now } = c.var
    const token = c.req.param('token')
    const tokenHash = await sha256Hex(token)
    const { link, program } = await findConfirmation(db, tokenHash)
    if (link === null || confirmationState(link, now) !== 'works')
      return renderConfirmation(c, token, link, program)
    await confirmAddress(db, { ...link, tokenHash }, now)
    return seeWhatCame(c, paths.confirmAddress(token))
  })

  .get(UNDO_PATH, async (c) => {
    const token = c.req.param('token')
    const { undo, program } = await findUndo(c.var.db, await sha256Hex(token), c.var.now)
    return renderUndo(c, token, undo, program)
  })

  .post(UNDO_PATH, async (c) => {
    const { db, now } = c.var
    const token = c.req.param('token')
    const tokenHash = await sha256Hex(token)
    const { undo, program } = await findUndo(db, tokenHash, now)
    if (undo === null || undoState(undo, now) !== 'works') return renderUndo(c, token, undo, program)
    await undoPrimaryChange(db, tokenHash, undo, now)
    return seeWhatCame(c, paths.undoAddress(token))
  })

/** The same address tells what became of it, however often it is opened. */
function seeWhatCame(c: Context<AppEnv>, path: string) {
  afterAnswer(c, { name: 'send mail about addresses', done: handOverOwedMail(c.env, c.var.now) })
  return c.redirect(path, 303)
}

function renderConfirmation(
  c: Context<AppEnv>,
  token: string,
  link: FoundConfirmation | null,
  program: Program,
) {
  const state = confirmationState(link, c.var.now)
  const status = { works: 200, done: 200, taken: 409, dead: 404 } as const
  return render(
    c,
    <ConfirmAddressPage
      chrome={chromeFor(c, program)}
      {...{ state, token }}
      about={link && { address: link.address, candidateId: link.candidateId }}
    />,
    status[state],
  )
}

function renderUndo(c: Context<AppEnv>, token: string, undo: FoundUndo | null, program: Program) {
  const state = undoState(undo, c.var.now)
  return render(
    c,
    <UndoAddressPage
      chrome={chromeFor(c, program)}
      {...{ state, token }}
      about={undo && { address: undo.address, candidateId: undo.candidateId, undoUntil: undo.undoUntil }}
    />,
    state === 'dead' ? 404 : 200,
  )
}

/** Without the menu of whoever is signed in here: the link may be somebody else's. */
function chromeFor(c: Context<AppEnv>, program: Program) {
  return { t: c.var.t, program, viewer: null }
}
