import { type Context, Hono } from 'hono'
import { base64url } from 'jose'
import * as v from 'valibot'
import {
  readPasskeyAnswer,
  registrationOptions,
  relyingPartyOf,
  verifyRegistration,
} from '../authenticators/passkeys.ts'
import { insertChallenge, takeChallenge } from '../authenticators/queries.ts'
import { deviceOf } from '../core/device.ts'
import { keyedHash, readKeyring } from '../core/keyring.ts'
import { optionalLine } from '../core/plain-text.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import { limitNetwork } from '../sign-in/attempt-limit.ts'
import { type CandidateEnv, chromeOf } from '../sign-in/viewer.ts'
import { GonePage } from './gone-page.tsx'
import { NAME_LIMIT, PASSKEY_LIMIT } from './passkey-limit.ts'
import { deletePasskey, insertPasskey, listPasskeys } from './passkey-queries.ts'
import { AddPasskeyPage, RemovePasskeyPage } from './passkey-views.tsx'
import { findSecurity } from './queries.ts'

const USER_HANDLE_USE = 'passkey user handle 1'
/** A credential ID is at most 1,023 bytes (WebAuthn level 3, 5.8.3). */
const REMOVAL = `${paths.securityPasskeys}/:id{[A-Za-z0-9_-]{1,1364}}/removal`

const PasskeyName = optionalLine(NAME_LIMIT, 'security.passkey.name.refused')

export const passkeyRoutes = new Hono<CandidateEnv>()
  .get(paths.securityPasskeys, async (c) => {
    const { passkeys } = await findSecurity(c.var.db, c.var.viewer.candidateId, c.var.now)
    const isFull = passkeys.length >= PASSKEY_LIMIT
    return render(c, <AddPasskeyPage chrome={chromeOf(c)} name={deviceOf(c)} isFull={isFull} />)
  })

  .post(paths.securityPasskeyChallenge, withinFormLimit, async (c) => {
    const { db, viewer, now } = c.var
    const { candidateId, name: displayName } = viewer
    await limitNetwork(c)
    const existing = await listPasskeys(db, candidateId)
    const handle = existing[0]?.userHandle ?? (await firstHandleOf(c))
    const user = { handle, name: candidateId, displayName }
    const options = await registrationOptions(partyOf(c), user, existing)
    const { challenge } = options
    await insertChallenge(db, { challenge, purpose: 'registration', holder: { candidateId } }, now)
    return c.json(options)
  })

  .post(paths.securityPasskeys, withinFormLimit, async (c) => {
    const { db, viewer, now, t } = c.var
    const { candidateId } = viewer
    const fields = await readFormFields(c)
    const typed = typedText(fields, 'name')
    const name = v.safeParse(PasskeyName, fields.name)
    if (!name.success) return refuse(c, typed, { name: ['security.passkey.name.refused'] })

    const answer = readPasskeyAnswer(typedText(fields, 'passkey'))
    if (answer === null) return refuse(c, typed, { passkey: ['security.passkey.refused'] })
    const { challenge } = answer
    const isOurs = await takeChallenge(
      db,
      { challenge, purpose: 'registration', holder: { candidateId } },
      now,
    )
    const key = isOurs ? await verifyRegistration(partyOf(c), answer) : null
    if (key === null) return refuse(c, typed, { passkey: ['security.passkey.refused'] })

    const device = deviceOf(c)
    const called = name.output ?? (device || t('security.passkey.unnamed'))
    const userHandle = await firstHandleOf(c)
    const added = await insertPasskey(db, { ...key, candidateId, userHandle, name: called, device }, now)
    if (!added) return refuse(c, typed, { passkey: ['security.passkey.not-added'] })
    return c.redirect(`${paths.security}?done=passkey-added`, 303)
  })

  .get(REMOVAL, async (c) => {
    const { passkeys, passwordSetAt } = await findSecurity(c.var.db, c.var.viewer.candidateId, c.var.now)
    const passkey = passkeys.find(({ credentialId }) => credentialId === c.req.param('id'))
    if (!passkey) return render(c, <GonePage chrome={chromeOf(c)} />, 404)
    const isLastWay = passkeys.length === 1 && passwordSetAt === null
    return render(c, <RemovePasskeyPage chrome={chromeOf(c)} passkey={passkey} isLastWay={isLastWay} />)
  })

  .post(REMOVAL, async (c) => {
    const { candidateId } = c.var.viewer
    const credentialId = c.req.param('id')!
    const removed = await deletePasskey(
      c.var.db,
      { candidateId, credentialId, device: deviceOf(c) },
      c.var.now,
    )
    if (!removed) return render(c, <GonePage chrome={chromeOf(c)} />, 404)
    return c.redirect(`${paths.security}?done=passkey-removed`, 303)
  })

function partyOf(c: Context<CandidateEnv>) {
  return relyingPartyOf(c.env.PUBLIC_ORIGIN, c.var.program.name)
}

/**
 * The user handle of a candidate without passkeys. The authenticator keeps it and does not send it back with a new
 * passkey, so it must come out the same when the answer arrives: keyed, it neither travels nor waits anywhere, and
 * says nothing of the candidate ID to whoever finds it on a device (WebAuthn level 3, 14.6.1).
 */
async function firstHandleOf(c: Context<CandidateEnv>): Promise<string> {
  const [key] = readKeyring(c.env.SESSION_KEY)
  return base64url.encode(Buffer.from(await keyedHash(key, USER_HANDLE_USE, c.var.viewer.candidateId), 'hex'))
}

function refuse(c: Context<CandidateEnv>, name: string, errors: FieldErrors) {
  return render(c, <AddPasskeyPage chrome={chromeOf(c)} {...{ name, errors }} isFull={false} />, 422)
}
