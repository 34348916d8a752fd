import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { openDatabase } from '../core/database.ts'
import { afterAnswer } from '../core/failure.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { handOverOwedMail } from '../mail/hand-over.ts'
import type { PasswordPurpose } from '../mail/outbox.ts'
import { paths } from '../paths.ts'
import { type AccountName, accountNameField } from './account-name.ts'
import { type LinkRecipient, listLinkRecipients } from './account-queries.ts'
import { limitAttempts } from './attempt-limit.ts'
import { oweLinkMails } from './link-queries.ts'
import { FirstSignInPage, ForgottenPage, LinkSentPage } from './link-views.tsx'
import { chromeOf, loadViewer, type PageEnv } from './viewer.ts'

const EmailForm = v.object({ email: accountNameField('sign-in.first.email.missing', 'email') })
const CandidateIdForm = v.object({
  candidateId: accountNameField('sign-in.first.id.missing', 'candidate_id'),
})
const AccountForm = v.object({ account: accountNameField('sign-in.account.missing') })

/** "Never logged in before?" and "Forgot password or ID": both send a link, and tell nobody whether they did. */
export const linkRequests = new Hono<PageEnv>()
  .use(paths.firstSignIn, loadViewer)
  .use(paths.forgotten, loadViewer)

  .get(paths.firstSignIn, (c) => {
    const { program } = c.var
    return c.req.query('sent') === undefined
      ? render(c, <FirstSignInPage chrome={chromeOf(c)} program={program} />)
      : render(c, <LinkSentPage chrome={chromeOf(c)} program={program} />)
  })

  .post(paths.firstSignIn, withinFormLimit, async (c) => {
    const fields = await readFormFields(c)
    const field = 'candidateId' in fields && !('email' in fields) ? 'candidateId' : 'email'
    const form = v.safeParse(field === 'email' ? EmailForm : CandidateIdForm, fields)
    if (!form.success) {
      const again = { program: c.var.program, typed: typedText(fields, field) }
      const errors = fieldErrors(form.issues)
      return render(c, <FirstSignInPage chrome={chromeOf(c)} {...again} errors={errors} />, 422)
    }
    const name = 'email' in form.output ? form.output.email : form.output.candidateId
    await sendLinks(c, name, 'activation')
    return c.redirect(`${paths.firstSignIn}?sent`, 303)
  })

  .get(paths.forgotten, (c) => {
    const { program } = c.var
    return c.req.query('sent') === undefined
      ? render(c, <ForgottenPage chrome={chromeOf(c)} program={program} />)
      : render(c, <LinkSentPage chrome={chromeOf(c)} program={program} />)
  })

  .post(paths.forgotten, withinFormLimit, async (c) => {
    const fields = await readFormFields(c)
    const form = v.safeParse(AccountForm, fields)
    if (!form.success) {
      const again = { program: c.var.program, typed: typedText(fields, 'account') }
      const errors = fieldErrors(form.issues)
      return render(c, <ForgottenPage chrome={chromeOf(c)} {...again} errors={errors} />, 422)
    }
    await sendLinks(c, form.output.account, 'password_reset')
    return c.redirect(`${paths.forgotten}?sent`, 303)
  })

/**
 * Only the looking-up happens before the answer, and it happens for every name: how long the answer takes does
 * not tell whether there was somebody to write to.
 */
async function sendLinks(c: Context<PageEnv>, name: AccountName, purpose: PasswordPurpose) {
  await limitAttempts(c, name)
  const recipients = await listLinkRecipients(c.var.db, name)
  const done = oweAndSend(c.env, recipients, purpose, c.var.now)
  afterAnswer(c, { name: 'send links', done })
}

async function oweAndSend(
  env: Env,
  recipients: readonly LinkRecipient[],
  purpose: PasswordPurpose,
  now: Date,
): Promise<void> {
  await oweLinkMails(openDatabase(env.DB), recipients, purpose, now)
  await handOverOwedMail(env, now)
}
