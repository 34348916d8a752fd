import { Instant } from '../layout/dates.tsx'
import type { StaffChrome } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { ChangeFrame } from './security-form-views.tsx'

export type OwnSession = {
  idHash: string
  createdAt: Date
  lastSeenAt: Date
  device: string
  isThis: boolean
}

export function OwnSessionsPage({
  chrome,
  sessions,
}: {
  chrome: StaffChrome
  sessions: readonly OwnSession[]
}) {
  const { t } = chrome
  return (
    <ChangeFrame
      chrome={chrome}
      title={t('staff.security.sessions')}
      intro={t('staff.security.sessions-why')}
    >
      <table class="records">
        <caption>{t.plural('staff.security.sessions-count', sessions.length)}</caption>
        <thead>
          <tr>
            <th scope="col">{t('staff.security.device')}</th>
            <th scope="col">{t('staff.security.began')}</th>
            <th scope="col">{t('staff.security.last-used')}</th>
            <th scope="col">{t('staff.security.change')}</th>
          </tr>
        </thead>
        <tbody>
          {sessions.map(({ idHash, createdAt, lastSeenAt, device, isThis }) => (
            <tr>
              <th scope="row">{device || t('staff.security.unknown-device')}</th>
              <td data-label={t('staff.security.began')}>
                <Instant t={t} at={createdAt} />
              </td>
              <td data-label={t('staff.security.last-used')}>
                <Instant t={t} at={lastSeenAt} />
              </td>
              <td>
                {isThis ? (
                  t('staff.security.this-session')
                ) : (
                  <form method="post" action={paths.staff.ownSessions}>
                    <input type="hidden" name="session" value={idHash} />
                    <button class="link" type="submit">
                      {t('staff.security.end-session')}
                    </button>
                  </form>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sessions.length > 1 && (
        <form method="post" action={paths.staff.ownSessions}>
          <button class="button" type="submit">
            {t('staff.security.end-others')}
          </button>
        </form>
      )}
    </ChangeFrame>
  )
}
