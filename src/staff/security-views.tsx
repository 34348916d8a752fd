import type { Child } from 'hono/jsx'
import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'

export type OwnPasskey = { credentialId: string; name: string; createdAt: Date; lastUsedAt: Date | null }
export type OwnMethods = { passkeys: readonly OwnPasskey[]; appSince: Date | null; codesLeft: number }

export const SECURITY_NOTICES = [
  'passkey-added',
  'passkey-removed',
  'app-removed',
  'password-changed',
  'sessions-ended',
] as const
/** After these, sessions that somebody else may have begun in the old way go on. */
const LEAVES_SESSIONS: readonly string[] = ['passkey-added', 'passkey-removed', 'app-removed']
export type SecurityNotice = (typeof SECURITY_NOTICES)[number]

type SecurityProps = { chrome: StaffChrome; own: OwnMethods; notice: SecurityNotice | null }

export function StaffSecurityPage({ chrome, own, notice }: SecurityProps) {
  const { t } = chrome
  return (
    <StaffPage chrome={chrome} title={t('staff.security.title')} section="security">
      {notice && (
        <div class="notice notice--good" role="status">
          <p>{t(`staff.security.${notice}`)}</p>
          {LEAVES_SESSIONS.includes(notice) && (
            <p>
              {t('staff.security.others-too')}{' '}
              <a href={paths.staff.ownSessions}>{t('staff.security.end-others')}</a>
            </p>
          )}
        </div>
      )}
      <div class="head">
        <h1>{t('staff.security.title')}</h1>
        <p>{t('staff.security.intro')}</p>
      </div>
      <section class="stack">
        <h2>{t('staff.security.passkeys')}</h2>
        <Passkeys t={t} passkeys={own.passkeys} />
        <a class="button" href={paths.staff.ownPasskeys}>
          {t('staff.security.add-passkey')}
        </a>
      </section>
      <section class="stack">
        <h2>{t('staff.security.app')}</h2>
        <AppState t={t} own={own} />
      </section>
      <section class="stack">
        <h2>{t('staff.security.sessions')}</h2>
        <p>{t('staff.security.sessions-why')}</p>
        <a href={paths.staff.ownSessions}>{t('staff.security.see-sessions')}</a>
      </section>
    </StaffPage>
  )
}

function Passkeys({ t, passkeys }: { t: Translate; passkeys: readonly OwnPasskey[] }) {
  if (passkeys.length === 0) return <p>{t('staff.security.no-passkey')}</p>
  return (
    <table class="records">
      <caption>{t.plural('staff.people.passkeys', passkeys.length)}</caption>
      <thead>
        <tr>
          <th scope="col">{t('staff.security.device')}</th>
          <th scope="col">{t('staff.security.added')}</th>
          <th scope="col">{t('staff.security.last-used')}</th>
          <th scope="col">{t('staff.security.change')}</th>
        </tr>
      </thead>
      <tbody>
        {passkeys.map(({ credentialId, name, createdAt, lastUsedAt }) => (
          <tr>
            <th scope="row" dir="auto">
              {name}
            </th>
            <td data-label={t('staff.security.added')}>
              <Instant t={t} at={createdAt} />
            </td>
            <td data-label={t('staff.security.last-used')}>
              {lastUsedAt ? <Instant t={t} at={lastUsedAt} /> : t('common.none')}
            </td>
            <td>
              <a href={paths.staff.ownPasskey(credentialId)}>{t('staff.security.remove')}</a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function AppState({ t, own: { appSince, codesLeft } }: { t: Translate; own: OwnMethods }) {
  if (!appSince)
    return (
      <>
        <p>{t('staff.security.no-app')}</p>
        <a href={paths.staff.ownApp}>{t('staff.security.set-app')}</a>
      </>
    )
  return (
    <>
      <p>
        {t('staff.security.app-since')} <Instant t={t} at={appSince} />
      </p>
      <p>{t.plural('staff.security.codes-left', codesLeft)}</p>
      <ul class="actions">
        <Door href={paths.staff.ownPassword}>{t('staff.security.change-password')}</Door>
        <Door href={paths.staff.ownApp}>{t('staff.security.replace-app')}</Door>
        <Door href={paths.staff.ownRecoveryCodes}>{t('staff.security.new-codes')}</Door>
        <Door href={paths.staff.ownAppRemoval}>{t('staff.security.remove-app')}</Door>
      </ul>
    </>
  )
}

function Door({ href, children }: { href: string; children: Child }) {
  return (
    <li>
      <a href={href}>{children}</a>
    </li>
  )
}
