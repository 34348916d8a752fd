import type { Child } from 'hono/jsx'
import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { Checkbox } from '../layout/form.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { uploadCommand } from './connect-views.tsx'
import type { SetFeed } from './queries.ts'

type NewTokenProps = { chrome: StaffChrome; feed: SetFeed; wasReplaced?: boolean }

/** Says what will happen; a button makes the token, in the place of the one that the reader knows of. */
export function NewTokenPage({ chrome, feed, wasReplaced = false }: NewTokenProps) {
  const { t } = chrome
  const { tokenMadeAt } = feed
  return (
    <SecretFrame chrome={chrome} feed={feed} title={t('feeds.token.title', { name: feed.name })}>
      {wasReplaced && (
        <div class="notice notice--bad" role="alert">
          <p>{t('feeds.token.race')}</p>
        </div>
      )}
      <p>{t('feeds.token.what')}</p>
      {tokenMadeAt ? (
        <p>
          {t('feeds.token-made')} <Instant t={t} at={tokenMadeAt} />
        </p>
      ) : (
        <p>{t('feeds.token.none')}</p>
      )}
      <form class="form" method="post" action={paths.staff.feedToken(feed.id)}>
        <input type="hidden" name="madeAt" value={tokenMadeAt ? String(tokenMadeAt.getTime()) : ''} />
        {tokenMadeAt && (
          <Checkbox
            name="atOnce"
            label={t('feeds.token.at-once')}
            hint={t('feeds.token.at-once-hint')}
            checked={false}
          />
        )}
        <div>
          <button class="button" type="submit">
            {t('feeds.token.submit')}
          </button>
        </div>
      </form>
    </SecretFrame>
  )
}

type MadeProps = { chrome: StaffChrome; feed: SetFeed; secret: string }

export function TokenMadePage({ chrome, feed, secret, origin }: MadeProps & { origin: string }) {
  const { t } = chrome
  return (
    <SecretFrame chrome={chrome} feed={feed} title={t('feeds.token.title', { name: feed.name })}>
      <ShownOnce t={t} label={t('feeds.token.made')} secret={secret} />
      <p>{t('feeds.token.try')}</p>
      <pre class="command">{uploadCommand(origin, feed.id)}</pre>
    </SecretFrame>
  )
}

export function NewSecretPage({ chrome, feed }: { chrome: StaffChrome; feed: SetFeed }) {
  const { t } = chrome
  return (
    <SecretFrame chrome={chrome} feed={feed} title={t('feeds.secret.title', { name: feed.name })}>
      <p>{t('feeds.secret.what')}</p>
      <form method="post" action={paths.staff.feedSecret(feed.id)}>
        <button class="button" type="submit">
          {t('feeds.secret.submit')}
        </button>
      </form>
    </SecretFrame>
  )
}

export function SecretMadePage({ chrome, feed, secret }: MadeProps) {
  const { t } = chrome
  return (
    <SecretFrame chrome={chrome} feed={feed} title={t('feeds.secret.title', { name: feed.name })}>
      <ShownOnce t={t} label={t('feeds.secret.made')} secret={secret} />
    </SecretFrame>
  )
}

type FrameProps = { chrome: StaffChrome; feed: SetFeed; title: string; children: Child }

function SecretFrame({ chrome, feed, title, children }: FrameProps) {
  return (
    <StaffPage chrome={chrome} title={title} section="deliveries">
      <div class="head">
        <h1 dir="auto">{title}</h1>
      </div>
      <div class="stack">{children}</div>
      <p>
        <a href={paths.staff.feed(feed.id)}>{chrome.t('feeds.back')}</a>
      </p>
    </StaffPage>
  )
}

function ShownOnce({ t, label, secret }: { t: Translate; label: string; secret: string }) {
  return (
    <>
      <label for="secret">
        <strong>{label}</strong>
      </label>
      <div class="share">
        <input id="secret" class="share__link" type="text" value={secret} readonly dir="ltr" />
        <button
          class="icon"
          type="button"
          data-copy="secret"
          data-copied={t('feeds.token.copied')}
          data-manual={t('feeds.token.manual')}
          hidden
        >
          {t('feeds.token.copy')}
        </button>
        <span id="secret-status" class="share__status" role="status" />
      </div>
    </>
  )
}
