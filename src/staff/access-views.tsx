import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'

/** Where Cloudflare Access does all of it: it has not let this browser in, or let in somebody we do not know. */
export function AccessPage({ chrome, again }: { chrome: StaffChrome; again: boolean }) {
  const { t } = chrome
  const title = t(again ? 'staff.again.title' : 'staff.sign-in.title')
  return (
    <StaffPage chrome={chrome} title={title}>
      <div class="head">
        <h1>{title}</h1>
        <p>{t(again ? 'staff.access.again' : 'staff.access.sign-in')}</p>
      </div>
      <p>
        <a class="button" href={ACCESS_SIGN_OUT}>
          {t('staff.access.sign-out')}
        </a>
      </p>
    </StaffPage>
  )
}

/** Cloudflare answers there itself, on every host that Access stands in front of. */
const ACCESS_SIGN_OUT = '/cdn-cgi/access/logout'

/** Where Cloudflare Access signs staff in, there is nothing of one's own to look after. */
export function AccessSecurityPage({ chrome }: { chrome: StaffChrome }) {
  const { t } = chrome
  return (
    <StaffPage chrome={chrome} title={t('staff.security.title')} section="security">
      <div class="head">
        <h1>{t('staff.security.title')}</h1>
        <p>{t('staff.access.security')}</p>
      </div>
    </StaffPage>
  )
}
