import type { Context } from 'hono'
import { deviceOf } from '../core/device.ts'
import { logRefusal } from '../core/refusal.ts'
import type { AccountName } from '../sign-in/account-name.ts'
import { tryAccount, tryOwnCode } from '../sign-in/account-queries.ts'
import { findTotp } from '../sign-in/again-queries.ts'
import { limitAttempts, nameKey } from '../sign-in/attempt-limit.ts'
import { noteDelay } from '../sign-in/brake-queries.ts'
import { readCodeProof } from '../sign-in/code-proof.ts'
import { presentedBrowser } from '../sign-in/known-browser.ts'
import { isPassword } from '../sign-in/password.ts'
import type { CandidateEnv } from '../sign-in/viewer.ts'
import { proveByPassword } from './proof-queries.ts'

export type PasswordOutcome = { proofId: number } | { until: Date } | { fault: string }

/**
 * Takes the other record's password, and its code if it asks for one, as signing in would: the same limits, and the
 * same refusal after the same time whoever was named. One's own record proves nothing.
 */
export async function proveByPasswordTyped(
  c: Context<CandidateEnv>,
  { record: name, password, code: typed }: { record: AccountName; password: string; code: string },
): Promise<PasswordOutcome> {
  const { db, now, viewer } = c.var
  const { candidateId } = viewer
  await limitAttempts(c, name)
  const browser = await presentedBrowser(c)
  const key = await nameKey(c.env.SESSION_KEY, name)
  const tried = { name, nameKey: key, browserHash: browser?.tokenHash ?? null }
  const { attempt, account } = await tryAccount(db, tried, now)
  if (account?.candidateId === candidateId) return { fault: 'merge.account.own' }
  if (!attempt.admitted) return { until: attempt.until }

  const isTheirs = await isPassword(password, account?.encoded ?? null)
  const setAt = account?.passwordSetAt ?? null
  if (account && setAt !== null && isTheirs) {
    const otherId = account.candidateId
    const codeAttempt = account.hasTotp ? await tryOwnCode(db, otherId, now) : null
    if (codeAttempt && !codeAttempt.admitted) return { until: codeAttempt.until }
    const totp = account.hasTotp ? await findTotp(db, otherId) : null
    const holder = totp && { candidateId: otherId, ...totp }
    const code = holder && (await readCodeProof(c.env.SEAL_KEY, holder, typed, now))
    if (!account.hasTotp || code) {
      const proof = { candidateId, otherId, setAt, code, tryKey: (codeAttempt ?? attempt).key }
      const proofId = await proveByPassword(db, proof, now)
      if (proofId !== null) return { proofId }
    }
  }
  logRefusal(c, 'password')
  const { failures } = attempt
  await noteDelay(db, { candidateId: account?.candidateId ?? null, failures, device: deviceOf(c) }, now)
  return { fault: 'merge.refused' }
}
