import { sha256Hex } from '../../../src/core/tokens.ts'
import * as schema from '../../../src/schema.ts'
import { sessionHandle } from '../../../src/security/session-handle.ts'
import { insertSession } from '../../../src/sign-in/session-queries.ts'
import { db, LONG_AGO } from '../builders.ts'
import { type Expected, owner, type Place, type RoomSite, signedIn } from './expected.ts'

const SECURITY = '/profile/security'
const PASSKEY = `${SECURITY}/passkeys/:id{[A-Za-z0-9_-]{1,1364}}/removal`
const SESSION = `${SECURITY}/sessions/:handle{[0-9a-f]{16}}/end`

/** A passkey of the candidate's, as kept. */
async function givenPasskey({ candidate }: Place) {
  const credentialId = crypto.randomUUID()
  await db.insert(schema.passkeys).values({
    credentialId,
    candidateId: candidate.id,
    userHandle: 'handle',
    publicKey: 'key',
    counter: 0,
    transports: [],
    backedUp: true,
    name: 'Phone',
    createdAt: LONG_AGO,
  })
  return { credentialId }
}

async function givenOtherSession({ candidate }: Place) {
  const idHash = await sha256Hex(crypto.randomUUID())
  const session = { idHash, candidateId: candidate.id, method: 'password' as const, device: '' }
  await insertSession(db, session, new Date())
  return { handle: sessionHandle(idHash) }
}

const passkey: Pick<Expected, 'prepare' | 'path'> = {
  prepare: givenPasskey,
  path: (_, { credentialId }) => `${SECURITY}/passkeys/${credentialId}/removal`,
}
const session: Pick<Expected, 'prepare' | 'path'> = {
  prepare: givenOtherSession,
  path: (_, { handle }) => `${SECURITY}/sessions/${handle}/end`,
}
const others = `${SECURITY}/sessions/others/end`
const changes: Expected['answers'] = [303, 303, 303]
const refuses: Expected['answers'] = [303, 422, 422]
const at = (path: string) => ({ path: () => path })

/** Signed-in visitors of this map have signed in just now; test/security asks for step-up of the others. */
export const securitySite: RoomSite = {
  routes: {
    [`GET ${SECURITY}`]: { ...at(SECURITY), answers: signedIn },
    [`GET ${SECURITY}/password`]: { ...at(`${SECURITY}/password`), answers: signedIn },
    [`POST ${SECURITY}/password`]: { ...at(`${SECURITY}/password`), answers: refuses },
    [`GET ${SECURITY}/passkeys`]: { ...at(`${SECURITY}/passkeys`), answers: signedIn },
    [`POST ${SECURITY}/passkeys`]: { ...at(`${SECURITY}/passkeys`), answers: refuses },
    [`POST ${SECURITY}/passkeys/challenge`]: { ...at(`${SECURITY}/passkeys/challenge`), answers: signedIn },
    [`GET ${PASSKEY}`]: { ...passkey, answers: owner },
    [`POST ${PASSKEY}`]: { ...passkey, answers: [303, 404, 303] },
    [`GET ${SECURITY}/authenticator`]: { ...at(`${SECURITY}/authenticator`), answers: signedIn },
    [`POST ${SECURITY}/authenticator`]: { ...at(`${SECURITY}/authenticator`), answers: changes },
    [`GET ${SECURITY}/authenticator/confirmation`]: {
      ...at(`${SECURITY}/authenticator/confirmation`),
      answers: changes,
    },
    [`POST ${SECURITY}/authenticator/confirmation`]: {
      ...at(`${SECURITY}/authenticator/confirmation`),
      answers: changes,
    },
    [`GET ${SECURITY}/authenticator/removal`]: {
      ...at(`${SECURITY}/authenticator/removal`),
      answers: changes,
    },
    [`POST ${SECURITY}/authenticator/removal`]: {
      ...at(`${SECURITY}/authenticator/removal`),
      answers: changes,
    },
    [`GET ${SECURITY}/recovery-codes`]: { ...at(`${SECURITY}/recovery-codes`), answers: changes },
    [`POST ${SECURITY}/recovery-codes`]: { ...at(`${SECURITY}/recovery-codes`), answers: changes },
    [`GET ${SESSION}`]: { ...session, answers: owner },
    [`POST ${SESSION}`]: { ...session, answers: [303, 404, 303] },
    [`GET ${others}`]: { ...at(others), answers: signedIn },
    [`POST ${others}`]: { ...at(others), answers: changes },
    'GET /profile/activity': { ...at('/profile/activity'), answers: signedIn },
  },
  guarded: [`${SECURITY}/*`, `${SECURITY}/:thing/*`, '/profile/activity'],
}
