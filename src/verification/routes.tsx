import { factory } from '../core/app-env.ts'
import { calendarDateIn } from '../core/calendar-date.ts'
import { problem } from '../core/problem.ts'
import { askingNetwork, limitRate } from '../core/rate-limit.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { loadProgram } from '../program/queries.ts'
import { certificateJson } from './certificate-json.ts'
import { CertificatePage } from './certificate-views.tsx'
import { checkCertificate } from './checked-certificate.ts'
import { findCertificate } from './queries.ts'
import { unlisted } from './unlisted.ts'
import { printedVerificationCode, readVerificationCode } from './verification-code.ts'
import { UnknownCodePage, VerifyPage } from './views.tsx'

/** So that nobody finds codes by trying: a code has 80 bits, and each network a number of tries. */
const limited = factory.createMiddleware(async function limited(c, next) {
  await limitRate(c, c.env.VERIFY_LIMITER, [askingNetwork(c)])
  await next()
})

/** The employer's way from a paper to the record. */
export const verification = factory
  .createApp()
  .get(paths.verify, async (c) => {
    const typed = c.req.query('code')
    const code = typed === undefined ? null : readVerificationCode(typed)
    if (code !== null) return c.redirect(paths.verifyCode(code), 303)

    const chrome = { t: c.var.t, program: await loadProgram(c.var.db), viewer: null }
    if (typed === undefined) return render(c, <VerifyPage chrome={chrome} />)
    const error = typed.trim() === '' ? 'verification.code.missing' : 'verification.code.impossible'
    return render(c, <VerifyPage chrome={chrome} typed={typed} errors={{ code: [error] }} />, 422)
  })

  .get('/verify/:code', unlisted, limited, async (c) => {
    const typed = c.req.param('code')
    const code = readVerificationCode(typed)
    if (code !== null && code !== typed) return c.redirect(paths.verifyCode(code), 303)

    const found = code === null ? null : await findCertificate(c.var.db, code)
    if (code === null || !found) {
      const chrome = { t: c.var.t, program: null, viewer: null }
      const shown = code === null ? typed : printedVerificationCode(code)
      return render(c, <UnknownCodePage chrome={chrome} typed={shown} />, 404)
    }
    const { program, certificate } = found
    const today = calendarDateIn(program.settings.timeZone, c.var.now)
    const checked = checkCertificate(program, certificate, { code, today, now: c.var.now })
    const chrome = { t: c.var.t, program, viewer: null }
    const { host } = new URL(c.env.PUBLIC_ORIGIN)
    return render(c, <CertificatePage chrome={chrome} program={program} certificate={checked} host={host} />)
  })

  .get('/api/v1/certificates/:code', unlisted, limited, async (c) => {
    const code = readVerificationCode(c.req.param('code'))
    const found = code === null ? null : await findCertificate(c.var.db, code)
    if (code === null || !found) return problem(c, 404)

    const { program, certificate } = found
    const today = calendarDateIn(program.settings.timeZone, c.var.now)
    const checked = checkCertificate(program, certificate, { code, today, now: c.var.now })
    return c.json(certificateJson(program, checked), 200, { 'cache-control': 'private, no-store' })
  })
