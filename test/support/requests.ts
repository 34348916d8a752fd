import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { app } from '../../src/app.ts'
import { randomToken, sha256Hex } from '../../src/core/tokens.ts'
import { insertSession } from '../../src/sign-in/session-queries.ts'
import { db } from './builders.ts'

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

/** The headers of a browser in which the candidate has signed in. */
export async function signedIn(candidate: { id: string }, at = new Date()): Promise<{ cookie: string }> {
  const id = randomToken()
  await insertSession(db, { idHash: await sha256Hex(id), candidateId: candidate.id }, at)
  return { cookie: `__Host-session=${id}` }
}
