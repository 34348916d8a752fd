import type { Child } from 'hono/jsx'
import type { Translate } from '../i18n/messages.ts'
import type { Feed } from '../import/feeds.ts'
import { Instant } from '../layout/dates.tsx'
import { DeliveriesMenu } from '../layout/deliveries-menu.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { examOfSeriesCode } from '../program/catalogue.ts'
import { type LinkToForget, MOST_RESULTS, type TaughtCode } from './taught-list.ts'
import { CandidateLink, TaughtExam } from './taught-views.tsx'

/** Says what becomes of rows and results if an ID means nobody any more; a button does it. */
export function ForgetIdPage({
  chrome,
  feed,
  link,
}: {
  chrome: StaffChrome
  feed: Feed
  link: LinkToForget
}) {
  const { t } = chrome
  const { said, fullName: name, isSomebodys, numbers, results } = link
  return (
    <ForgetPage
      {...{ chrome, feed, taught: link }}
      title={t('feeds.forget.id.title', { said })}
      action={paths.staff.feedIdRemoval(feed.id, said)}
      facts={[
        [t('feeds.taught.column.id'), <bdi>{said}</bdi>],
        [t('feeds.taught.column.candidate'), <CandidateLink link={link} />],
      ]}
      follows={[
        rowsToCome(t, feed, link),
        resultsInWords(t, link),
        ...(results > 0 && !isSomebodys ? [t('feeds.forget.id.again', { name })] : []),
        ...(results > 0 ? [t('feeds.forget.id.wrong', { name })] : []),
        ...(numbers > 0 ? [t.plural('feeds.forget.id.numbers', numbers, { name })] : []),
      ]}
    />
  )
}

function rowsToCome(t: Translate, { createsCandidates }: Feed, { isSomebodys }: LinkToForget): string {
  if (isSomebodys) return t('feeds.forget.id.somebodys')
  return t(createsCandidates ? 'feeds.forget.id.creates' : 'feeds.forget.id.waits')
}

function resultsInWords(t: Translate, { results, fullName: name }: LinkToForget): string {
  if (results === 0) return t('feeds.forget.id.results.none', { name })
  return results > MOST_RESULTS
    ? t('feeds.forget.id.results.many', { count: MOST_RESULTS, name })
    : t.plural('feeds.forget.id.results', results, { name })
}

/** Says what becomes of rows and results if a code means no exam any more; a button does it. */
export function ForgetCodePage({
  chrome,
  feed,
  code,
}: {
  chrome: StaffChrome
  feed: Feed
  code: TaughtCode
}) {
  const { t, program } = chrome
  const known = examOfSeriesCode(program, code.code)
  return (
    <ForgetPage
      {...{ chrome, feed, taught: code }}
      title={t('feeds.forget.code.title', { code: code.code })}
      action={paths.staff.feedCodeRemoval(feed.id, code.code)}
      facts={[
        [t('feeds.taught.column.code'), <bdi>{code.code}</bdi>],
        [t('feeds.taught.column.exam'), <TaughtExam t={t} program={program} taught={code} />],
      ]}
      follows={[
        known ? t('feeds.forget.code.known', { exam: known.code }) : t('feeds.forget.code.waits'),
        t(known ? 'feeds.forget.code.stays' : 'feeds.forget.code.again'),
        t('feeds.forget.code.wrong'),
      ]}
    />
  )
}

type ForgetPageProps = {
  chrome: StaffChrome
  feed: Feed
  taught: { taughtBy: string; taughtAt: number }
  title: string
  action: string
  facts: readonly (readonly [string, Child])[]
  follows: readonly string[]
}

function ForgetPage({ chrome, feed, taught, title, action, facts, follows }: ForgetPageProps) {
  const { t } = chrome
  const all = [
    [t('quarantine.row.feed'), <a href={paths.staff.feed(feed.id)}>{feed.name}</a>] as const,
    ...facts,
    [t('feeds.taught.column.by'), taught.taughtBy] as const,
    [t('feeds.taught.column.at'), <Instant t={t} at={new Date(taught.taughtAt)} />] as const,
  ]
  return (
    <StaffPage chrome={chrome} title={title} section="deliveries">
      <DeliveriesMenu chrome={chrome} room="feeds" />
      <div class="head">
        <h1 dir="auto">{title}</h1>
      </div>
      <dl class="printed">
        {all.map(([name, fact]) => (
          <div>
            <dt>{name}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      <ul class="bullets">
        {follows.map((sentence) => (
          <li>{sentence}</li>
        ))}
      </ul>
      <form class="actions" method="post" action={action}>
        <input type="hidden" name="taughtAt" value={String(taught.taughtAt)} />
        <button class="button button--danger" type="submit">
          {t('feeds.forget.submit')}
        </button>
        <a href={paths.staff.feedTaught(feed.id)}>{t('common.cancel')}</a>
      </form>
    </StaffPage>
  )
}
