import { Hono } from 'hono'
import { calendarDateIn } from '../core/calendar-date.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { safeReturnTo } from '../sign-in/return-to.ts'
import { type CandidateEnv, chromeOf, loadViewer, requireCandidate } from '../sign-in/viewer.ts'
import { agreementOn, owedAgreement } from './agreement.ts'
import { acceptAgreement, findAcceptance } from './queries.ts'
import { AgreementPage } from './views.tsx'

/** The candidate agreement. requireCandidate sends here whoever has not accepted the version in force. */
export const agreement = new Hono<CandidateEnv>()
  .use(paths.agreement, loadViewer, requireCandidate)

  .get(paths.agreement, async (c) => {
    const { db, program, viewer, now } = c.var
    const returnTo = safeReturnTo(c.req.query('return_to'))
    const agreement = agreementOn(program, calendarDateIn(program.settings.timeZone, now))
    if (!agreement) return c.redirect(returnTo, 303)

    const isOwed = owedAgreement(program, viewer, now) !== null
    const { candidateId } = viewer
    const accepted = isOwed ? null : await findAcceptance(db, { candidateId, version: agreement.version })
    // Accepted, but before acceptances were written down one by one: there is nothing to say of it.
    if (!isOwed && !accepted) return c.redirect(returnTo, 303)
    return render(
      c,
      <AgreementPage
        chrome={chromeOf(c)}
        agreement={agreement}
        acceptedAt={accepted}
        returnTo={returnTo}
        notKept={isOwed && c.req.query('not-kept') !== undefined}
      />,
    )
  })

  .post(paths.agreement, withinFormLimit, async (c) => {
    const { db, program, viewer, now } = c.var
    const fields = await readFormFields(c)
    const returnTo = safeReturnTo(fields.return_to)
    const agreement = owedAgreement(program, viewer, now)
    // Accepted in another tab, or by the same form sent twice.
    if (!agreement) return c.redirect(returnTo, 303)

    const { version } = agreement
    const fault =
      typedText(fields, 'version') !== version
        ? 'agreement.changed'
        : typedText(fields, 'accept') === ''
          ? 'agreement.missing'
          : null
    if (fault !== null) {
      const page = { agreement, acceptedAt: null, returnTo, errors: { accept: [fault] } }
      return render(c, <AgreementPage chrome={chromeOf(c)} {...page} />, 422)
    }
    await acceptAgreement(db, { candidateId: viewer.candidateId, version }, now)
    return c.redirect(returnTo, 303)
  })
