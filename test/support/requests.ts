import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { app } from '../../src/app.ts'
import * as schema from '../../src/schema.ts'
import { mintSession } from '../../src/sign-in/session.ts'
import { insertSession } from '../../src/sign-in/session-queries.ts'
import type { Role } from '../../src/staff/permissions.ts'
import { mintStaffSession } from '../../src/staff/staff-session.ts'
import { insertStaffSession } from '../../src/staff/staff-session-queries.ts'
import { db, LONG_AGO } from './builders.ts'

export const ORIGIN = 'http://localhost:8787'

/** Sends one request through the app and waits for what it left running. */
export async function send(
  path: string,
  init: RequestInit = {},
  bindings: Partial<Env> = {},
): Promise<Response> {
  const context = createExecutionContext()
  const response = await app.request(
    ORIGIN + path,
    { redirect: 'manual', ...init },
    { ...env, ...bindings },
    context,
  )
  await waitOnExecutionContext(context)
  return response
}

/** Posts a form as this site's own pages do. */
export function post(
  path: string,
  fields: Record<string, string | string[]>,
  init: RequestInit = {},
  bindings: Partial<Env> = {},
) {
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(fields))
    for (const item of [value].flat()) body.append(name, item)
  return send(path, { method: 'POST', body, ...init, headers: { origin: ORIGIN, ...init.headers } }, bindings)
}

/** The headers of a browser in which the candidate has signed in, just now or at another instant. */
export async function signedIn(candidate: { id: string }, at = new Date()): Promise<{ cookie: string }> {
  const { id, idHash } = await mintSession(env.SESSION_KEY)
  const session = { idHash, candidateId: candidate.id, method: 'password' as const, device: 'Firefox, Linux' }
  await insertSession(db, session, at)
  return { cookie: `__Host-session=${id}` }
}

let staffSerial = 0

/** One of the staff, joined, with the role. */
export async function givenStaff(role: Role, given: Partial<typeof schema.staff.$inferInsert> = {}) {
  staffSerial += 1
  const [row] = await db
    .insert(schema.staff)
    .values({
      email: `staff${staffSerial}@program.example`,
      name: `Grace ${role}`,
      role,
      invitedAt: LONG_AGO,
      joinedAt: LONG_AGO,
      ...given,
    })
    .returning()
  return row!
}

/** The headers of a browser in which one of the staff has signed in, just now or at another instant. */
export async function signedInStaff(
  who: Role | { id: number },
  at = new Date(),
): Promise<{ cookie: string }> {
  const { id: staffId } = typeof who === 'string' ? await givenStaff(who) : who
  const { id, idHash } = await mintStaffSession(env.SESSION_KEY)
  await insertStaffSession(db, { idHash, staffId, method: 'totp', device: 'Firefox, Linux' }, at)
  return { cookie: `__Host-staff=${id}` }
}
