import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import type { AppEnv } from '../core/app-env.ts'
import { openDatabase } from '../core/database.ts'
import { afterAnswer } from '../core/failure.ts'
import type { Translate } from '../i18n/messages.ts'
import type { StaffChrome } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import { loadProgram } from '../program/queries.ts'
import { normalizeEmail } from '../sign-in/account-name.ts'
import { sessionIsFresh } from '../sign-in/session.ts'
import { ACCESS_HEADER, accessKeysOf, accessSettingsOf, verifyAccessToken } from './access-token.ts'
import { mayRole, type Permission, permissions, type Role } from './permissions.ts'
import { presentedStaffSession, STAFF_TOUCH_MS, staffSessionIsLive } from './staff-session.ts'
import {
  findStaffByEmail,
  findStaffViewer,
  joinByAccess,
  touchStaffSession,
} from './staff-session-queries.ts'

/** One of the staff, signed in. */
export type StaffViewer = {
  staffId: number
  name: string
  email: string
  role: Role
  authenticatedAt: Date
}

export type StaffPageEnv = AppEnv & {
  Variables: { program: Program; staff: StaffViewer | null; staffSessionHash: string | null }
}
/** staffSessionHash is null for staff whom Cloudflare Access signs in: each request of theirs proves itself. */
export type StaffEnv = AppEnv & {
  Variables: { program: Program; staff: StaffViewer; staffSessionHash: string | null }
}

/**
 * Finds out who of the staff is asking, if anyone, and loads the program: one round trip. Where Cloudflare Access is
 * configured only its signed header counts, and our own sessions open nothing; where it is not, the header is
 * nothing but text that anybody can send.
 */
export const loadStaff = createMiddleware<StaffPageEnv>(async function loadStaff(c, next) {
  const { db, now } = c.var
  if (usesAccess(c)) {
    const { staff, program } = await findByAccess(c)
    c.set('program', program)
    c.set('staff', staff)
    c.set('staffSessionHash', null)
    return next()
  }
  const sessionHash = await presentedStaffSession(c)
  if (sessionHash === null) {
    c.set('program', await loadProgram(db))
    c.set('staff', null)
    c.set('staffSessionHash', null)
    return next()
  }
  const { viewer, program } = await findStaffViewer(db, sessionHash)
  const live = viewer !== null && staffSessionIsLive(viewer, now)
  c.set('program', program)
  c.set('staff', live ? viewer : null)
  c.set('staffSessionHash', live ? sessionHash : null)
  if (live && now.getTime() - viewer.lastSeenAt.getTime() >= STAFF_TOUCH_MS) {
    const done = touchStaffSession(openDatabase(c.env.DB), sessionHash, now)
    afterAnswer(c, { name: 'touch staff session', done })
  }
  return next()
})

export function usesAccess(c: { env: Env }): boolean {
  return accessSettingsOf(c.env) !== null
}

/**
 * The one whom Access names, unless they were never invited or were removed. They joined when they first came. The
 * token's age counts as that of their proof: Access gives out a new one when they sign in there again.
 */
async function findByAccess(
  c: Context<StaffPageEnv>,
): Promise<{ staff: StaffViewer | null; program: Program }> {
  const { db, now } = c.var
  const access = accessSettingsOf(c.env)
  const token = c.req.header(ACCESS_HEADER)
  const identity = access && token ? await verifyAccessToken(token, access, accessKeysOf(access), now) : null
  if (!identity) return { staff: null, program: await loadProgram(db) }
  const { found, program } = await findStaffByEmail(db, normalizeEmail(identity.email))
  if (!found) return { staff: null, program }
  const { joinedAt, ...staff } = found
  if (joinedAt === null) {
    const done = joinByAccess(openDatabase(c.env.DB), staff.staffId, now)
    afterAnswer(c, { name: 'join by Access', done })
  }
  return { staff: { ...staff, authenticatedAt: identity.issuedAt }, program }
}

/** Lets staff through and sends everyone else to the console's own sign-in, and back afterwards. */
export const requireStaff = createMiddleware<StaffEnv>(async function requireStaff(c, next) {
  if (c.var.staff) return next()
  const ended = c.req.method === 'GET' || c.req.method === 'HEAD' ? '' : 'session-ended&'
  return c.redirect(`${paths.staff.signIn}?${ended}return_to=${encodeURIComponent(c.req.path)}`, 303)
})

/** Behind requireStaff: what somebody's role does not allow is not there for them. */
export function requirePermission(permission: Permission) {
  return createMiddleware<StaffEnv>(async function requirePermission(c, next) {
    const { staffId, role } = c.var.staff
    if (mayRole(role, permission)) return next()
    console.warn({ message: 'permission refused', permission, role, staffId })
    throw new HTTPException(404)
  })
}

/** Behind requireStaff, for what changes who may get in: see requireFresh. */
export const requireFreshStaff = createMiddleware<StaffEnv>(async function requireFreshStaff(c, next) {
  if (sessionIsFresh(c.var.staff, c.var.now)) return next()
  return c.redirect(`${paths.staff.signInAgain}?return_to=${encodeURIComponent(c.req.path)}`, 303)
})

/** What stands around a page of the console. */
export function staffChromeOf(c: {
  var: { t: Translate; program: Program; staff: StaffViewer | null }
}): StaffChrome {
  const { t, program, staff } = c.var
  return {
    t,
    program,
    staff: staff && {
      name: staff.name,
      role: t(`staff.role.${staff.role}`),
      may: permissions.filter((permission) => mayRole(staff.role, permission)),
    },
  }
}
