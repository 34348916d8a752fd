import { ErrorSummary, type FieldErrors, Input } from '../layout/form.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { Members, Outcome } from './dry-run-views.tsx'
import type { SetFeed } from './queries.ts'
import type { TriedSample } from './try-sample.ts'

type TestPageProps = {
  chrome: StaffChrome
  feed: SetFeed
  tried?: TriedSample
  errors?: FieldErrors
}

export function TestPage({ chrome, feed, tried, errors }: TestPageProps) {
  const { t, staff } = chrome
  const title = t('feeds.test.title', { name: feed.name })
  return (
    <StaffPage chrome={chrome} title={title} section="deliveries" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1 dir="auto">{title}</h1>
        <p>{t('feeds.test.intro')}</p>
      </div>
      {tried && (
        <>
          <p>
            <strong dir="auto">{tried.name}</strong>
          </p>
          <Outcome t={t} tried={tried} />
          <Members t={t} tried={tried} />
        </>
      )}
      <form class="form" method="post" action={paths.staff.feedTest(feed.id)} enctype="multipart/form-data">
        {tried && <h2>{t('feeds.test.another')}</h2>}
        <Input
          {...{ t, errors }}
          name="sample"
          type="file"
          label={t('feeds.sample')}
          hint={t('feeds.sample.hint')}
        />
        <div>
          <button class="button" type="submit">
            {t('feeds.test.submit')}
          </button>
        </div>
      </form>
      <p class="actions">
        {staff?.may.includes('feeds.change') && (
          <a href={paths.staff.feedMap(feed.id)}>{t('feeds.member.map-it')}</a>
        )}
        <a href={paths.staff.feed(feed.id)}>{t('feeds.back')}</a>
      </p>
    </StaffPage>
  )
}
