import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { openDatabase } from '../core/database.ts'
import { deviceOf } from '../core/device.ts'
import { afterAnswer } from '../core/failure.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { type FormFields, readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { logRefusal } from '../core/refusal.ts'
import { render } from '../core/render.ts'
import { sha256Hex } from '../core/tokens.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { handOverOwedMail } from '../mail/hand-over.ts'
import type { OwedMail } from '../mail/outbox.ts'
import { paths } from '../paths.ts'
import { accountNameField } from '../sign-in/account-name.ts'
import { tryOwnCode } from '../sign-in/account-queries.ts'
import { limitAttempts } from '../sign-in/attempt-limit.ts'
import { noteDelay } from '../sign-in/brake-queries.ts'
import { readCodeProof } from '../sign-in/code-proof.ts'
import { answerDelayed } from '../sign-in/delayed.tsx'
import { type CandidateEnv, chromeOf } from '../sign-in/viewer.ts'
import { findProofLink, listProofRecipients, oweProofMails } from './link-queries.ts'
import { proveByPasswordTyped } from './password-proof.ts'
import { proofMails } from './proof.ts'
import { listProofs, proveByLink } from './proof-queries.ts'
import { DeadProofPage, ProofPage } from './proof-views.tsx'
import { MergePage } from './views.tsx'

const LinkForm = v.object({ account: accountNameField('merge.account.missing') })
const PasswordForm = v.object({
  record: accountNameField('merge.account.missing'),
  password: v.pipe(v.optional(v.string('merge.password.missing'), ''), v.nonEmpty('merge.password.missing')),
  code: v.optional(v.string('merge.refused'), ''),
})

const PROOF_PATH = '/profile/merge/:token{[A-Za-z0-9_-]{43}}'
const NOTICES = { merged: 'merge.done', sent: 'merge.sent' } as const

/** Proving that another record is one's own, too; routes.tsx lets only candidates in here who proved lately who they are. */
export const mergeProofs = new Hono<CandidateEnv>()
  .get(paths.merge, async (c) => {
    const notice = (['merged', 'sent'] as const).find((name) => c.req.query(name) !== undefined)
    const proofs = await listProofs(c.var.db, c.var.viewer.candidateId, c.var.now)
    return render(
      c,
      <MergePage chrome={chromeOf(c)} proofs={proofs} notice={notice ? NOTICES[notice] : null} />,
    )
  })

  .post(paths.merge, withinFormLimit, async (c) => {
    const fields = await readFormFields(c)
    return fields.by === 'password' ? byPassword(c, fields) : byLink(c, fields)
  })

  .get(PROOF_PATH, async (c) => {
    const link = await followedLink(c, c.req.param('token'))
    return link ? proofPage(c, c.req.param('token'), link) : deadProof(c)
  })

  .post(PROOF_PATH, withinFormLimit, async (c) => {
    const { db, now, viewer } = c.var
    const { candidateId } = viewer
    const token = c.req.param('token')
    const link = await followedLink(c, token)
    if (!link) return deadProof(c)

    const proof = { tokenHash: await sha256Hex(token), candidateId, otherId: link.otherId }
    if (link.sealed === null) {
      const id = await proveByLink(db, { ...proof, code: null, tryKey: null }, now)
      return id === null ? deadProof(c) : c.redirect(paths.mergePreview(id), 303)
    }

    // Codes can be guessed at, so each try is counted as one at the other record's sign-in.
    const typed = typedText(await readFormFields(c), 'code')
    const attempt = await tryOwnCode(db, link.otherId, now)
    if (!attempt.admitted)
      return answerDelayed(c, { chrome: chromeOf(c), until: attempt.until, returnTo: paths.merge })
    const holder = { candidateId: link.otherId, sealed: link.sealed, lastStep: link.lastStep }
    const code = await readCodeProof(c.env.SEAL_KEY, holder, typed, now)
    const id = code && (await proveByLink(db, { ...proof, code, tryKey: attempt.key }, now))
    if (id !== null) return c.redirect(paths.mergePreview(id), 303)
    logRefusal(c, 'code')
    const { failures } = attempt
    await noteDelay(db, { candidateId: link.otherId, failures, device: deviceOf(c) }, now)
    return proofPage(c, token, link, { code: ['merge.proof.code.refused'] })
  })

/** The answer is the same whether or not there is such a record; only looking it up happens before. */
async function byLink(c: Context<CandidateEnv>, fields: FormFields) {
  const { db, now, viewer } = c.var
  const form = v.safeParse(LinkForm, fields)
  if (!form.success) return refuse(c, fields, fieldErrors(form.issues))
  const { account: name } = form.output
  await limitAttempts(c, name)
  const { candidateId } = viewer
  const { isOwn, recipients } = await listProofRecipients(db, { name, candidateId })
  if (isOwn) return refuse(c, fields, { account: ['merge.account.own'] })

  const done = oweAndSend(c.env, proofMails(candidateId, recipients, now), now)
  afterAnswer(c, { name: 'send merge links', done })
  return c.redirect(`${paths.merge}?sent`, 303)
}

async function byPassword(c: Context<CandidateEnv>, fields: FormFields) {
  const form = v.safeParse(PasswordForm, fields)
  if (!form.success) return refuse(c, fields, fieldErrors(form.issues))
  const outcome = await proveByPasswordTyped(c, form.output)
  if ('until' in outcome)
    return answerDelayed(c, { chrome: chromeOf(c), until: outcome.until, returnTo: paths.merge })
  if ('fault' in outcome) return refuse(c, fields, { record: [outcome.fault] })
  return c.redirect(paths.mergePreview(outcome.proofId), 303)
}

async function refuse(c: Context<CandidateEnv>, fields: FormFields, errors: FieldErrors) {
  const typed = { account: typedText(fields, 'account'), record: typedText(fields, 'record') }
  const proofs = await listProofs(c.var.db, c.var.viewer.candidateId, c.var.now)
  return render(c, <MergePage chrome={chromeOf(c)} {...{ proofs, typed, errors }} />, 422)
}

async function oweAndSend(env: Env, mails: readonly OwedMail[], now: Date): Promise<void> {
  await oweProofMails(openDatabase(env.DB), mails, now)
  await handOverOwedMail(env, now)
}

type FollowedLink = NonNullable<Awaited<ReturnType<typeof findProofLink>>>

async function followedLink(c: Context<CandidateEnv>, token: string): Promise<FollowedLink | null> {
  const { candidateId } = c.var.viewer
  return findProofLink(c.var.db, { tokenHash: await sha256Hex(token), candidateId }, c.var.now)
}

function proofPage(c: Context<CandidateEnv>, token: string, link: FollowedLink, errors?: FieldErrors) {
  const other = { id: link.otherId, asksForCode: link.sealed !== null }
  const own = c.var.viewer.candidateId
  const page = <ProofPage chrome={chromeOf(c)} {...{ token, own, other }} {...(errors && { errors })} />
  return render(c, page, errors ? 422 : 200)
}

function deadProof(c: Context<CandidateEnv>) {
  return render(c, <DeadProofPage chrome={chromeOf(c)} />, 404)
}
