import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'
import { sessionHandle } from './session-handle.ts'

export type ListedSession = {
  idHash: string
  method: 'password' | 'totp' | 'recovery_code' | 'passkey' | 'link'
  device: string
  createdAt: Date
  lastSeenAt: Date
}

type ListProps = { t: Translate; sessions: readonly ListedSession[]; sessionHash: string }

export function SessionList({ t, sessions, sessionHash }: ListProps) {
  return (
    <section class="stack">
      <h2>{t('security.sessions')}</h2>
      <table class="records">
        <caption>{t.plural('security.sessions.caption', sessions.length)}</caption>
        <thead>
          <tr>
            <th scope="col">{t('security.sessions.device')}</th>
            <th scope="col">{t('security.sessions.method')}</th>
            <th scope="col">{t('security.sessions.began')}</th>
            <th scope="col">{t('security.sessions.used')}</th>
            <th scope="col">{t('security.sessions.action')}</th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <SessionRow t={t} session={session} isThis={session.idHash === sessionHash} />
          ))}
        </tbody>
      </table>
      {sessions.length > 1 ? (
        <a href={paths.endOtherSessions}>{t('security.sessions.end-others')}</a>
      ) : (
        <p class="soft">{t('security.sessions.alone')}</p>
      )}
    </section>
  )
}

function SessionRow({ t, session, isThis }: { t: Translate; session: ListedSession; isThis: boolean }) {
  const { idHash, method, createdAt, lastSeenAt } = session
  const device = session.device || t('security.unknown-device')
  return (
    <tr>
      <th scope="row">
        {device} {isThis && <strong class="soft">({t('security.sessions.this')})</strong>}
      </th>
      <td data-label={t('security.sessions.method')}>{t(`security.method.${method}`)}</td>
      <td data-label={t('security.sessions.began')}>
        <Instant t={t} at={createdAt} />
      </td>
      <td data-label={t('security.sessions.used')}>
        <Instant t={t} at={lastSeenAt} />
      </td>
      <td>
        {!isThis && (
          <a
            href={paths.endSession(sessionHandle(idHash))}
            aria-label={t('security.sessions.end.which', { device })}
          >
            {t('security.sessions.end')}
          </a>
        )}
      </td>
    </tr>
  )
}

export function EndSessionPage({ chrome, session }: { chrome: Chrome; session: ListedSession }) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('security.session.title')} section="profile">
      <div class="head">
        <h1>{t('security.session.title')}</h1>
        <p>{t('security.session.text')}</p>
      </div>
      <SessionFacts t={t} session={session} />
      <form class="actions" method="post" action={paths.endSession(sessionHandle(session.idHash))}>
        <button class="button button--danger" type="submit">
          {t('security.session.submit')}
        </button>
        <a href={paths.security}>{t('common.cancel')}</a>
      </form>
    </Page>
  )
}

function SessionFacts({ t, session }: { t: Translate; session: ListedSession }) {
  return (
    <dl class="printed">
      <div>
        <dt>{t('security.sessions.device')}</dt>
        <dd>{session.device || t('security.unknown-device')}</dd>
      </div>
      <div>
        <dt>{t('security.sessions.method')}</dt>
        <dd>{t(`security.method.${session.method}`)}</dd>
      </div>
      <div>
        <dt>{t('security.sessions.began')}</dt>
        <dd>
          <Instant t={t} at={session.createdAt} />
        </dd>
      </div>
    </dl>
  )
}

export function EndOthersPage({ chrome }: { chrome: Chrome }) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('security.others.title')} section="profile">
      <div class="head">
        <h1>{t('security.others.title')}</h1>
        <p>{t('security.others.text')}</p>
      </div>
      <form class="actions" method="post" action={paths.endOtherSessions}>
        <button class="button button--danger" type="submit">
          {t('security.others.submit')}
        </button>
        <a href={paths.security}>{t('common.cancel')}</a>
      </form>
    </Page>
  )
}
