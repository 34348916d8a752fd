import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { SetFeed } from './queries.ts'

/** Says what stopping or starting means; a button does it. */
export function StopPage({ chrome, feed }: { chrome: StaffChrome; feed: SetFeed }) {
  const { t } = chrome
  const { id, name, isStopped } = feed
  const title = t(isStopped ? 'feeds.started.title' : 'feeds.stop.title', { name })
  return (
    <StaffPage chrome={chrome} title={title} section="deliveries">
      <div class="head">
        <h1 dir="auto">{title}</h1>
        <p>{t(isStopped ? 'feeds.started.what' : 'feeds.stop.what')}</p>
      </div>
      <form class="actions" method="post" action={paths.staff.feedStop(id)}>
        <input type="hidden" name="to" value={isStopped ? 'in-use' : 'stopped'} />
        <button class={isStopped ? 'button' : 'button button--danger'} type="submit">
          {t(isStopped ? 'feeds.start-again' : 'feeds.stop')}
        </button>
        <a href={paths.staff.feed(id)}>{t('common.cancel')}</a>
      </form>
    </StaffPage>
  )
}
