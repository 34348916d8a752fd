import { env } from 'cloudflare:workers'
import { rotateEventSecret } from '../../../src/import/events/secret.ts'
import { signatureOf } from '../../../src/import/events/signature.ts'
import { send } from '../../support/requests.ts'

let serial = 0

/** An event of our envelope about the result that tests usually have. */
export function event(type: string, at: string, given: Record<string, unknown> = {}) {
  serial += 1
  return { id: `E${serial}`, type, occurredAt: at, registrationId: '300000001', ...given }
}

export async function givenSecret(feed = 'pearson'): Promise<string> {
  return rotateEventSecret(env, feed, new Date())
}

type Sending = {
  secret: string
  feed?: string
  /** Seconds from now. */
  offset?: number
  headers?: Record<string, string>
}

/** Posts a body as a vendor does that has the secret. */
export async function sendEvents(
  body: unknown,
  { secret, feed = 'pearson', offset = 0, headers = {} }: Sending,
): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const seconds = Math.floor(Date.now() / 1000) + offset
  return send(`/api/v1/feeds/${feed}/events`, {
    method: 'POST',
    body: text,
    headers: {
      'content-type': 'application/json',
      'testamur-timestamp': String(seconds),
      'testamur-signature': await signatureOf(secret, seconds * 1000, new TextEncoder().encode(text)),
      ...headers,
    },
  })
}
