import { createMiddleware } from 'hono/factory'
import { agreementAddress, isOpenWithoutAgreement, owedAgreement } from '../agreement/agreement.ts'
import type { AppEnv } from '../core/app-env.ts'
import { openDatabase } from '../core/database.ts'
import { afterAnswer } from '../core/failure.ts'
import { type Translate, translator } from '../i18n/messages.ts'
import type { Chrome } from '../layout/page.tsx'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import { loadProgram } from '../program/queries.ts'
import { presentedSession, SESSION_TOUCH_MS, sessionIsFresh, sessionIsLive } from './session.ts'
import { findViewer, touchSession } from './session-queries.ts'

/** The signed-in candidate, as every page of theirs needs them. */
export type Viewer = {
  candidateId: string
  name: string
  locale: string
  timeZone: string | null
  /** When they last proved who they are. */
  authenticatedAt: Date
  /** The version of the candidate agreement that they accepted last. */
  agreedVersion: string | null
  /** When their account closes, if they asked for that. */
  closesAt: Date | null
}

export type PageEnv = AppEnv & {
  Variables: { program: Program; viewer: Viewer | null; sessionHash: string | null }
}
export type CandidateEnv = AppEnv & { Variables: { program: Program; viewer: Viewer; sessionHash: string } }

/** Finds out who is asking, if anyone, and loads the program: one round trip. */
export const loadViewer = createMiddleware<PageEnv>(async function loadViewer(c, next) {
  const sessionHash = await presentedSession(c)
  if (sessionHash === null) {
    c.set('program', await loadProgram(c.var.db))
    c.set('viewer', null)
    c.set('sessionHash', null)
    return next()
  }

  const { viewer, program } = await findViewer(c.var.db, sessionHash)
  const live = viewer !== null && sessionIsLive(viewer, c.var.now)
  c.set('program', program)
  c.set('sessionHash', live ? sessionHash : null)
  c.set('viewer', live ? viewer : null)
  if (live) {
    c.set('t', translator(viewer.locale))
    if (c.var.now.getTime() - viewer.lastSeenAt.getTime() >= SESSION_TOUCH_MS) {
      const done = touchSession(openDatabase(c.env.DB), sessionHash, c.var.now)
      afterAnswer(c, { name: 'touch session', done })
    }
  }
  return next()
})

/**
 * Lets signed-in candidates through and sends everyone else to sign in, and back afterwards. Whoever sends a form
 * after their session has ended is told that nothing of it was kept; every form of ours has a page at its address.
 * Who has not accepted the agreement in force comes to that first.
 */
export const requireCandidate = createMiddleware<CandidateEnv>(async function requireCandidate(c, next) {
  const { viewer, program, now } = c.var
  if (viewer) {
    const isOwed = owedAgreement(program, viewer, now) !== null
    return isOwed && !isOpenWithoutAgreement(c.req.path) ? c.redirect(agreementAddress(c.req), 303) : next()
  }
  const ended = c.req.method === 'GET' || c.req.method === 'HEAD' ? '' : 'session-ended&'
  return c.redirect(`${paths.signIn}?${ended}return_to=${encodeURIComponent(c.req.path)}`, 303)
})

/**
 * Behind requireCandidate, for what changes how one gets in: asks who has not proved lately who they are to do so
 * again, and then brings them back to the page. A form that was sent too late changes nothing.
 */
export const requireFresh = createMiddleware<CandidateEnv>(async function requireFresh(c, next) {
  if (sessionIsFresh(c.var.viewer, c.var.now)) return next()
  return c.redirect(`${paths.signInAgain}?return_to=${encodeURIComponent(c.req.path)}`, 303)
})

/** What stands around a page that was loaded with loadViewer. */
export function chromeOf(c: { var: { t: Translate; program: Program; viewer: Viewer | null } }): Chrome {
  const { t, program, viewer } = c.var
  return { t, program, viewer: viewer && { name: viewer.name, closesAt: viewer.closesAt } }
}
