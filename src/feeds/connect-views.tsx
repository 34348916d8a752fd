import type { Translate } from '../i18n/messages.ts'
import { Sentence, SLOT } from '../layout/sentence.tsx'
import { paths } from '../paths.ts'

type ConnectProps = {
  t: Translate
  feed: { id: string }
  origin: string
  mayMakeSecret: boolean
}

/** How a vendor's machine comes to this feed, each way with a line to copy. */
export function Connect({ t, feed: { id }, origin, mayMakeSecret }: ConnectProps) {
  return (
    <section class="stack">
      <h2>{t('feeds.connect')}</h2>
      <details>
        <summary>{t('feeds.connect.put')}</summary>
        <pre class="command">{uploadCommand(origin, id)}</pre>
        <p>{t('feeds.connect.put-answer')}</p>
      </details>
      <details>
        <summary>{t('feeds.connect.bucket')}</summary>
        <p>
          <Sentence text={t('feeds.connect.bucket-how', { bucket: SLOT })}>
            <code>testamur</code>
          </Sentence>
        </p>
        <pre class="command">{`inbox/${id}/`}</pre>
      </details>
      <details>
        <summary>{t('feeds.connect.sftp')}</summary>
        <p>{t('feeds.connect.sftp-how')}</p>
        <pre class="command">{gatewayCommand(id)}</pre>
      </details>
      <details>
        <summary>{t('feeds.connect.events')}</summary>
        <p>{t('feeds.connect.events-how')}</p>
        <pre class="command">{`POST ${origin}/api/v1/feeds/${id}/events`}</pre>
        {mayMakeSecret && (
          <p>
            <a href={paths.staff.feedSecret(id)}>{t('feeds.connect.new-secret')}</a>
          </p>
        )}
      </details>
    </section>
  )
}

/** A file reaches the bucket when it is closed, and so never in part. */
function gatewayCommand(id: string): string {
  return [
    `rclone serve sftp r2:testamur/inbox/${id}`,
    `--addr :2022 --authorized-keys ${id}.pub`,
    '--vfs-cache-mode writes',
  ].join(' \\\n  ')
}

/** The name of the file stands in the address; curl puts it there. */
export function uploadCommand(origin: string, id: string): string {
  return [
    'curl -T results.csv',
    '-H "Authorization: Bearer $FEED_TOKEN"',
    '-H "Content-Type: text/csv"',
    `${origin}${paths.api.feed(id)}/`,
  ].join(' \\\n  ')
}
